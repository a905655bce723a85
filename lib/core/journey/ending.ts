import * as z from 'zod';
import { EventName, Name } from '../ids.ts';
import { Condition } from '../segment/condition.ts';
import type { Exit } from './plan.ts';

const as = Name.describe('What it is called in reports.');

/** What ends a run at once, as an author writes it. */
export const ExitDocument = z.union([
  z.strictObject({ when: Condition.describe('A condition; the run ends as soon as it holds.'), as }),
  z.strictObject({ event: EventName.describe('An event reported through the API. Where runs have a key, one of the same key.'), as }),
]);
export type ExitDocument = z.infer<typeof ExitDocument>;

const ending = (status: Exit['status']) => ({ as, ...what }: ExitDocument): Exit => ({ label: as, status, ...what });

/** The goals of a document, then its exits: of both at once, a goal counts. */
export const exitsFrom = (
  { goal = [], exit = [] }: { readonly goal?: readonly ExitDocument[] | undefined; readonly exit?: readonly ExitDocument[] | undefined },
): readonly Exit[] => [...goal.map(ending('COMPLETED')), ...exit.map(ending('EXITED'))];
