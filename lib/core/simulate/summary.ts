import type { Name } from '../ids.ts';
import type { Plan } from '../journey/plan.ts';
import type { Instant } from '../time.ts';
import type { Course } from './course.ts';

export type StepSummary = {
  readonly step: Name;
  readonly kind: string;
  /** Contacts who came to the step. */
  readonly contacts: number;
  readonly sent: number;
  readonly putOff: number;
  readonly refused: Readonly<Record<string, number>>;
  /** How often each outcome led on from here. */
  readonly outcomes: Readonly<Record<string, number>>;
};

/** What a cohort comes to; the same figures that the report of a live version shows. */
export type Summary = {
  readonly contacts: number;
  readonly sent: number;
  readonly refused: number;
  readonly underWay: number;
  /** By status and how it ended, `completed/<outcome>`, most first. */
  readonly ends: Readonly<Record<string, number>>;
  readonly firstSend: Instant | undefined;
  readonly lastSend: Instant | undefined;
  readonly steps: readonly StepSummary[];
};

type Tally = { contacts: number; sent: number; putOff: number; readonly refused: Map<string, number>; readonly outcomes: Map<string, number> };

const bump = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

const mostFirst = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)));

/** Adds up courses one by one, so that a large cohort never has to be in memory. */
export const createSummary = (plan: Plan) => {
  const steps = new Map<Name, Tally>();
  const ends = new Map<string, number>();
  let contacts = 0;
  let underWay = 0;
  let first: Instant | undefined;
  let last: Instant | undefined;

  const tallyOf = (step: Name): Tally => {
    const known = steps.get(step) ?? { contacts: 0, sent: 0, putOff: 0, refused: new Map(), outcomes: new Map() };
    steps.set(step, known);
    return known;
  };

  return {
    add: ({ entries, end }: Course): void => {
      contacts += 1;
      if (end === undefined) underWay += 1;
      else bump(ends, `${end.status.toLowerCase()}/${end.ended}`);
      const seen = new Set<Name>();
      for (const entry of entries) {
        const tally = tallyOf(entry.step);
        if (!seen.has(entry.step)) tally.contacts += 1;
        seen.add(entry.step);
        if (entry.what === 'sent') {
          tally.sent += 1;
          if (first === undefined || entry.at < first) first = entry.at;
          if (last === undefined || entry.at > last) last = entry.at;
        }
        if (entry.what === 'refused') bump(tally.refused, entry.reason);
        if (entry.what === 'put-off') tally.putOff += 1;
        if (entry.what === 'went-on') bump(tally.outcomes, entry.outcome);
      }
      if (end !== undefined && !seen.has(end.step)) tallyOf(end.step).contacts += 1;
    },
    read: (): Summary => {
      const all = Object.values(plan.steps).filter(({ kind }) => kind !== 'go-to').map((step): StepSummary => {
        const { contacts: came, sent, putOff, refused, outcomes } = tallyOf(step.id);
        return { step: step.id, kind: step.kind, contacts: came, sent, putOff, refused: mostFirst(refused), outcomes: mostFirst(outcomes) };
      });
      return {
        contacts, underWay, ends: mostFirst(ends), firstSend: first, lastSend: last, steps: all,
        sent: all.reduce((sum, { sent }) => sum + sent, 0),
        refused: all.reduce((sum, { refused }) => sum + Object.values(refused).reduce((part, count) => part + count, 0), 0),
      };
    },
  };
};
