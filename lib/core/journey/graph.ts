/** The nodes that edges reach from a start, the start included. */
export const reachable = <N>(start: N, edges: (node: N) => readonly N[]): ReadonlySet<N> => {
  const seen = new Set<N>([start]);
  for (const node of seen) for (const next of edges(node)) seen.add(next);
  return seen;
};

/**
 * The strongly connected components of a graph (Tarjan, 1972), without recursion: a journey of a thousand steps is a
 * path of a thousand nodes. A node without a way back to itself is a component of its own.
 */
export const componentsOf = <N>(nodes: readonly N[], edges: (node: N) => readonly N[]): readonly (readonly N[])[] => {
  const index = new Map<N, number>();
  const low = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const components: N[][] = [];
  const lower = (node: N, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));

  const enter = (node: N) => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, exits: edges(node).values() };
  };
  const close = (node: N) => {
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen.delete(member);
    components.push(component);
  };

  for (const root of nodes) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, exits } = top;
      const exit = exits.next();
      if (exit.done === true) {
        if (low.get(node) === index.get(node)) close(node);
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.node, low.get(node) ?? 0);
      } else if (!index.has(exit.value)) {
        path.push(enter(exit.value));
      } else if (isOpen.has(exit.value)) {
        lower(node, index.get(exit.value) ?? 0);
      }
    }
  }
  return components;
};

/** The components with a way round: several nodes, or one that leads to itself. */
export const cyclesOf = <N>(nodes: readonly N[], edges: (node: N) => readonly N[]): readonly (readonly N[])[] =>
  componentsOf(nodes, edges).filter(([first, ...more]) =>
    more.length > 0 || (first !== undefined && edges(first).includes(first)));
