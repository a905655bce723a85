import { checkDefinition } from '../../../statemachines/check/definition.ts';
import { compileJourney } from '../../../statemachines/compile/journey.ts';
import { readJourney } from '../../core/journey/read.ts';
import { variablesOf } from '../../core/template/variables.ts';
import { median } from './median.ts';

export type CompileTime = { readonly steps: number; readonly milliseconds: number };

const because = 'Members of the plan; administration of the organisation\'s own plan.';

const context = {
  templates: {
    note: { template: 'note', subject: 'A note', text: 'Hello\n{{ links.unsubscribe }}', html: '<p>Hello</p>{{ links.unsubscribe }}', links: {} },
  },
  segments: ['members', 'reached'].map((segment) => ({ segment, classes: [], where: null })),
  events: [{ event: 'portal.login', title: 'A log-in', classes: [], attributes: {} }],
  variables: variablesOf,
};

const idOf = (index: number): string => `step-${index + 1}`;

/** Sends, event waits, branches, waits and segments in turn. */
const stepAt = (index: number): object => {
  const id = idOf(index);
  switch (index % 5) {
    case 0: return { id, send: 'note' };
    case 1: return { id, waitFor: [{ event: 'portal.login', as: 'portal' }], within: '7 days' };
    case 2: return { id, branch: [{ when: { outcome: 'portal' }, then: idOf(index + 2) }], otherwise: idOf(index + 1) };
    case 3: return { id, wait: '3 days' };
    default: return { id, addToSegment: 'reached' };
  }
};

/** A journey document of so many steps, from 2, the end being one of them; a multiple of 5 never ends on a branch. */
export const journeyOf = (steps: number): object => ({
  journey: 'bench', title: 'A journey to compile',
  message: { purpose: 'appointment_reminder', content: ['contact_info'] },
  sender: { name: 'Northside Health Plan', address: 'plan@northside.example', replyTo: 'help@northside.example' },
  enter: { segment: 'members', source: 'The membership system.', because },
  steps: [...Array.from({ length: steps - 1 }, (_, index) => stepAt(index)), { id: idOf(steps - 1), end: 'completed' }],
});

/** Reads and checks a document, compiles it and checks the machine: what publishing asks of the compiler. */
const compile = (document: object): void => {
  const read = readJourney(document, context);
  if ('findings' in read) throw new Error(read.findings.map(({ code, path }) => `${path} ${code}`).slice(0, 5).join(', '));
  const faults = checkDefinition(compileJourney(read.plan, 1));
  if (faults.length > 0) throw new Error(faults.map(({ code, path }) => `${path} ${code}`).slice(0, 5).join(', '));
};

/** @param runs Of which the median is taken, after one that is not counted. */
export const measureCompile = (steps: number, runs: number): CompileTime => {
  const document = journeyOf(steps);
  compile(document);
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    compile(document);
    return performance.now() - began;
  });
  return { steps, milliseconds: median(times) };
};
