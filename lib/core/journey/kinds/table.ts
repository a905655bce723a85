import * as z from 'zod';
import type { Kind } from '../plan.ts';
import { AddToSegmentDocument, explainAddToSegment } from './add-to-segment.ts';
import { BranchDocument, explainBranch } from './branch.ts';
import type { Place, Placed } from './common.ts';
import { EndDocument, explainEnd } from './end.ts';
import { explainGoTo, GoToDocument } from './go-to.ts';
import { explainSend, SendDocument } from './send.ts';
import { explainSplit, SplitDocument } from './split.ts';
import { explainWaitFor, WaitForDocument } from './wait-for.ts';
import { explainWaitUntil, WaitUntilDocument } from './wait-until.ts';
import { explainWait, WaitDocument } from './wait.ts';

/** By the key that makes a step what it is: its schema, and the kind of step in a plan. */
export const kindTable = {
  send: { schema: SendDocument, kind: 'send' },
  wait: { schema: WaitDocument, kind: 'wait' },
  waitUntil: { schema: WaitUntilDocument, kind: 'wait' },
  waitFor: { schema: WaitForDocument, kind: 'wait-for-event' },
  branch: { schema: BranchDocument, kind: 'branch' },
  split: { schema: SplitDocument, kind: 'split' },
  goTo: { schema: GoToDocument, kind: 'go-to' },
  addToSegment: { schema: AddToSegmentDocument, kind: 'add-to-segment' },
  end: { schema: EndDocument, kind: 'end' },
} as const satisfies Record<string, { schema: z.ZodType; kind: Kind }>;

export type StepKey = keyof typeof kindTable;

export const stepKeys = Object.keys(kindTable) as readonly StepKey[];

type DocumentOf<K extends StepKey> = z.infer<(typeof kindTable)[K]['schema']>;

/** A step as its author wrote it. */
export const StepDocument = z.union([
  SendDocument, WaitDocument, WaitUntilDocument, WaitForDocument, BranchDocument, SplitDocument, GoToDocument, AddToSegmentDocument,
  EndDocument,
]).describe('One step. Steps run from top to bottom; what one names leads elsewhere.');
export type StepDocument = { [K in StepKey]: DocumentOf<K> }[StepKey];

const explainers: { [K in StepKey]: (document: DocumentOf<K>, place: Place) => Placed } = {
  send: explainSend,
  wait: explainWait,
  waitUntil: explainWaitUntil,
  waitFor: explainWaitFor,
  branch: explainBranch,
  split: explainSplit,
  goTo: explainGoTo,
  addToSegment: explainAddToSegment,
  end: explainEnd,
};

/** The keys of a value that name a kind of step; a step has exactly one. */
export const stepKeysOf = (value: object): readonly StepKey[] => stepKeys.filter((key) => key in value);

/** Makes a step explicit. */
export const explainStep = (document: StepDocument, place: Place): Placed => {
  const [key] = stepKeysOf(document);
  if (key === undefined) throw new TypeError('a step that fits its schema has a kind');
  return explainers[key](document as never, place);
};

/** The kind of the step in a plan, which ids made from position begin with. */
export const kindOf = (document: StepDocument): Kind => {
  const [key] = stepKeysOf(document);
  return key === undefined ? 'end' : kindTable[key].kind;
};
