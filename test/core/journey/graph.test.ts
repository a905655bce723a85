import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf, cyclesOf, reachable } from '../../../lib/core/journey/graph.ts';

const graphs = fc.integer({ min: 1, max: 9 }).chain((count) =>
  fc.array(fc.array(fc.nat({ max: count - 1 }), { maxLength: 3 }), { minLength: count, maxLength: count }));

describe('strongly connected components', () => {
  it('are the nodes that reach each other', () => {
    fc.assert(fc.property(graphs, (graph) => {
      const edges = (node: number) => graph[node] ?? [];
      const nodes = [...graph.keys()];
      const components = componentsOf(nodes, edges);
      const indexOf = (node: number) => components.findIndex((component) => component.includes(node));
      for (const one of nodes) {
        for (const other of nodes) {
          const connected = reachable(one, edges).has(other) && reachable(other, edges).has(one);
          expect(indexOf(one) === indexOf(other)).toBe(connected);
        }
      }
    }));
  });

  it('hold every node once', () => {
    fc.assert(fc.property(graphs, (graph) => {
      const components = componentsOf([...graph.keys()], (node) => graph[node] ?? []);
      expect(components.flat().sort()).toEqual([...graph.keys()]);
    }));
  });

  it('are found on a path of a hundred thousand nodes', () => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => index);
    expect(componentsOf(nodes, (node) => (node + 1 < nodes.length ? [node + 1] : []))).toHaveLength(100_000);
  });
});

describe('cycles', () => {
  it('have several nodes or one that leads to itself', () => {
    const graph: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['b', 'd'], d: ['d'], e: [] };
    const cycles = cyclesOf(Object.keys(graph), (node) => graph[node] ?? []);
    expect(cycles.map((cycle) => [...cycle].sort())).toEqual([['d'], ['b', 'c']]);
  });
});
