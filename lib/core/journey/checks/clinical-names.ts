import type { Check, Draft } from '../draft.ts';
import { finding } from '../findings.ts';
import { labelsOf } from './labels.ts';

/** Beginnings of words that tell a diagnosis, a treatment or a specialty. */
const stems = [
  'abortion', 'addict', 'alcohol', 'alzheimer', 'asthma', 'cancer', 'chemo', 'contracept', 'dement', 'depress',
  'diabet', 'dialysis', 'epilep', 'fertil', 'gyneco', 'hepat', 'hypertens', 'insulin', 'leukemia', 'mammo', 'menopaus',
  'miscarr', 'obes', 'oncolog', 'opioid', 'overdos', 'pregnan', 'prenatal', 'psych', 'rehab', 'schizo', 'substance',
  'suicid', 'surgery', 'surgic', 'therap', 'transplant', 'tumor',
];

/** Short words that would be the beginnings of harmless ones. */
const words: ReadonlySet<string> = new Set(['aids', 'copd', 'drug', 'drugs', 'hiv', 'ptsd', 'std', 'sti', 'sud']);

const looksClinical = (name: string): boolean =>
  name.split('-').some((word) => words.has(word) || stems.some((stem) => word.startsWith(stem)));

const labelledEndings = ({ goal = [], exit = [] }: Draft['document']) => [
  ...goal.map(({ as }, index) => ({ name: as, path: `goal[${index}].as` })),
  ...exit.map(({ as }, index) => ({ name: as, path: `exit[${index}].as` })),
];

/**
 * Step ids, labels and final outcomes reach execution history, metrics and logs beside a contact id, so they say
 * nothing about health. Two names are free of this: the journey's, because a segment that is as telling selects its
 * contacts anyway and is declared to the consent engine, and a template's, because it stays in the plan.
 */
export const clinicalNames: Check = ({ steps, document }) =>
  [...labelledEndings(document), ...steps.flatMap(({ step, path }) => [
    { name: step.id, path: `${path}.id` },
    ...labelsOf(step, path).map(({ label, path }) => ({ name: label, path })),
    ...(step.kind === 'end' ? [{ name: step.outcome, path: `${path}.end` }] : []),
  ])].filter(({ name }) => looksClinical(name))
    .map(({ name, path }) => finding('journey.clinical-name', path, `"${name}" looks clinical`));
