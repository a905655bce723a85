import { occasion } from '../difference/ends.ts';
import { entering } from '../difference/entering.ts';
import { often } from '../difference/people.ts';
import { doing, named } from '../difference/words.ts';
import type { Exit, Kind, Plan, Step } from '../plan.ts';
import { label, titled } from './label.ts';
import { waysOut } from './ways.ts';

/** The brackets that give a box its shape, one for each kind of step. */
const shapes: { readonly [K in Kind]: readonly [open: string, close: string] } = {
  send: ['[', ']'],
  wait: ['{{', '}}'],
  'wait-for-event': ['>', ']'],
  branch: ['{', '}'],
  split: ['[/', '\\]'],
  'go-to': ['(', ')'],
  'add-to-segment': ['[(', ')]'],
  end: ['(((', ')))'],
  'hand-over': ['[[', ']]'],
};

const box = (id: string, [open, close]: readonly [string, string], ...lines: readonly string[]): string => `  ${id}${open}${label(...lines)}${close}`;

const arrow = (from: string, to: string, words?: string): string => `  ${from} -->${words === undefined ? '' : `|${label(words)}|`} ${to}`;

/** What lets people in, in the author's order; a list stands first. */
const waysIn = ({ enter, triggers = [] }: Plan): readonly string[] => [
  ...(enter === undefined ? [] : [`on request, from ${named(enter.segment)}`]), ...triggers.map(entering),
];

/** The ways of a branch and of a split stand on their lines. */
const saying = (step: Step): readonly string[] => (step.kind === 'branch' || step.kind === 'split' ? [step.id] : [step.id, doing(step)]);

const ending = ({ label: name, status, ...what }: Exit): readonly string[] =>
  (status === 'COMPLETED' ? [`goal ${name}`, `reached ${occasion(what)}`] : [`exit ${name}`, `taken ${occasion(what)}`]);

/**
 * A journey as its author meant it, a flowchart of Mermaid: what lets people in, a box for each step, its shape by the
 * kind, a line for each way that leads on, and the goals and exits, which end a run wherever it is. The same plan gives
 * the same text. Boxes are numbered, since a name of the author's may be a word of Mermaid's.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export const drawJourney = (plan: Plan, version: number): string => {
  const steps = Object.values(plan.steps);
  const ids = new Map(steps.map(({ id }, index) => [id, `s${index}`]));
  const idOf = (name: string): string => ids.get(name) ?? name;
  const { exits = [] } = plan;
  return [
    '---', `title: ${titled(`${plan.title} (${plan.journey} v${version})`)}`, '---',
    'flowchart TD',
    ...waysIn(plan).flatMap((words, index) =>
      [box(`w${index}`, ['([', '])'], words), arrow(`w${index}`, idOf(plan.start), often(plan.reenter))]),
    ...steps.map((step) => box(idOf(step.id), shapes[step.kind], ...saying(step))),
    ...steps.flatMap((step) => waysOut(step).map(({ to, words }) => arrow(idOf(step.id), idOf(to), words))),
    ...(exits.length === 0 ? [] : [
      `  subgraph anywhere[${label('wherever they are, their run ends by')}]`,
      ...exits.map((exit, index) => `  ${box(`g${index}`, ['[\\', '/]'], ...ending(exit))}`),
      '  end',
    ]),
  ].join('\n');
};
