import type { Kind, Plan, Step } from '../journey/plan.ts';
import type { Deltas } from './counts.ts';
import { nobodyLost } from './counts.ts';

/** Counts by a name: a reason, an outcome, a link. Zeros are left out. */
export type By = Readonly<Record<string, number>>;

/** Contacts, each counted once, and programs that inspect mail. */
export type Reached = { readonly people: number; readonly scanners: number };

/** What became of the messages of a send step. */
export type SendFigures = {
  readonly sent: number;
  /** Handed over without an answer. */
  readonly unknown: number;
  readonly refused: number;
  readonly refusedBy: By;
  /** How often a message was put off by quiet hours or a cap. */
  readonly deferred: number;
  readonly deferredBy: By;
  readonly delivered: number;
  readonly bounced: number;
  readonly opened: Reached;
  readonly clicked: Reached & { readonly byLink: Readonly<Record<string, Reached>> };
};

export type StepFigures = {
  readonly step: string;
  readonly kind: Kind;
  readonly activeNow: number;
  /** How often it was come to: a loop counts each time. */
  readonly everProcessed: number;
  /** How many of those went on to another step. */
  readonly wentOn: number;
  /** How many runs ended here by what they came to, the end that the author wrote among them. */
  readonly endedBy: By;
  /** How many ended here where the journey does not end. */
  readonly droppedOff: number;
} & Partial<SendFigures>;

/** The contacts of one arm of a split, or of one group of a holdout. */
export type PartFigures = {
  readonly part: string; readonly entered: number;
  /** People who first did so as part of it. */
  readonly opened: number; readonly clicked: number;
  readonly endedBy: By;
};

export type VersionReport = {
  readonly journey: string;
  readonly version: number;
  readonly title: string;
  readonly entered: number; readonly active: number; readonly held: number;
  readonly completed: number; readonly exited: number; readonly failed: number;
  readonly movedIn: number; readonly movedOut: number;
  readonly nobodyLost: boolean;
  /** By status, `completed`, `exited` or `failed`, then by what the run came to. */
  readonly ends: Readonly<Record<string, By>>;
  readonly sends: Readonly<Record<'sent' | 'pending' | 'unknown' | 'refused' | 'deferred' | 'delivered' | 'bounced', number>>
    & { readonly opened: Reached; readonly clicked: Reached };
  readonly refusedBy: By;
  readonly deferredBy: By;
  readonly steps: readonly StepFigures[];
  readonly arms: readonly PartFigures[];
  readonly groups: readonly PartFigures[];
};

type Count = (name: string) => number;

/** The counts whose names begin with a prefix, by the rest of their names, without zeros. */
const under = (counts: Deltas, prefix: string): By =>
  Object.fromEntries(Object.entries(counts)
    .filter(([name, amount]) => name.startsWith(prefix) && amount !== 0)
    .map(([name, amount]) => [name.slice(prefix.length), amount]));

const total = (by: By): number => Object.values(by).reduce((sum, amount) => sum + amount, 0);

const added = (all: readonly By[]): By => {
  const sums: Record<string, number> = {};
  for (const [name, amount] of all.flatMap((by) => Object.entries(by))) sums[name] = (sums[name] ?? 0) + amount;
  return sums;
};

const statuses = ['completed', 'exited', 'failed'] as const;

/** What ended at a step, by what it came to. */
const endsAt = (counts: Deltas, status: string, step: string): By => under(counts, `ended/${status}/${step}/`);

const linksOf = (counts: Deltas, step: string): readonly string[] =>
  [...new Set(['clicked', 'scanned'].flatMap((mark) => Object.keys(under(counts, `${mark}/${step}/`))))].sort();

const sendFigures = (counts: Deltas, count: Count, { id }: Step): SendFigures => {
  const [refusedBy, deferredBy] = [under(counts, `refused-at/${id}/`), under(counts, `put-off-at/${id}/`)];
  const clicked = (rest: string): Reached => ({ people: count(`clicked/${rest}`), scanners: count(`scanned/${rest}`) });
  return {
    sent: count(`send/sent/${id}`), unknown: count(`send/unknown/${id}`),
    refused: count(`send/refused/${id}`), refusedBy, deferred: total(deferredBy), deferredBy,
    delivered: count(`delivered/${id}`), bounced: count(`bounced/${id}`),
    opened: { people: count(`opened/${id}`), scanners: count(`prefetched/${id}`) },
    clicked: { ...clicked(id), byLink: Object.fromEntries(linksOf(counts, id).map((link) => [link, clicked(`${id}/${link}`)])) },
  };
};

const stepFigures = (counts: Deltas, count: Count, step: Step): StepFigures => {
  const { id, kind } = step;
  const [activeNow, everProcessed] = [count(`at/${id}`), count(`passed/${id}`)];
  const endedBy = added(statuses.map((status) => endsAt(counts, status, id)));
  const reachedTheEnd = step.kind === 'end' ? endsAt(counts, 'completed', id)[step.outcome] ?? 0 : 0;
  return {
    step: id, kind, activeNow, everProcessed,
    // Between an entry and the first arrival a contact stands at a step that it did not come to yet.
    wentOn: Math.max(0, everProcessed - activeNow - total(endedBy)),
    endedBy, droppedOff: total(endedBy) - reachedTheEnd,
    ...(step.kind === 'send' ? sendFigures(counts, count, step) : {}),
  };
};

/** Parts of the contacts under a prefix of counts, `arm/` or `group/`, by their names. */
const parts = (counts: Deltas, prefix: string): readonly PartFigures[] => {
  const found = under(counts, prefix);
  const names = Object.keys(found).flatMap((name) => (name.endsWith('/entered') ? [name.slice(0, -'/entered'.length)] : []));
  return names.sort().map((part) => ({
    part, entered: found[`${part}/entered`] ?? 0, opened: found[`${part}/opened`] ?? 0, clicked: found[`${part}/clicked`] ?? 0,
    endedBy: under(found, `${part}/ended/`),
  }));
};

/** What the counts of a version say: who stands where, what was sent and what became of it, and where people left. */
export const reportOf = (plan: Plan, version: number, counts: Deltas): VersionReport => {
  const count: Count = (name) => counts[name] ?? 0;
  const ends = statuses.map((status) => {
    const at = under(counts, `ended/${status}/`);
    return [status, added(Object.entries(at).map(([name, amount]) => ({ [name.slice(name.indexOf('/') + 1)]: amount })))] as const;
  });
  const deferredBy = under(counts, 'put-off/');
  return {
    journey: plan.journey, version, title: plan.title,
    entered: count('entered'), active: count('active'), held: count('held'),
    completed: count('completed'), exited: count('exited'), failed: count('failed'),
    movedIn: count('movedIn'), movedOut: count('movedOut'),
    nobodyLost: nobodyLost(counts),
    ends: Object.fromEntries(ends),
    sends: {
      sent: count('send/sent'), pending: count('send/pending'), unknown: count('send/unknown'), refused: count('send/refused'),
      deferred: total(deferredBy), delivered: count('delivered'), bounced: count('bounced'),
      opened: { people: count('opened'), scanners: count('prefetched') },
      clicked: { people: count('clicked'), scanners: count('scanned') },
    },
    refusedBy: under(counts, 'refused/'), deferredBy,
    // A go-to is an arrow, not a place: nobody stands there.
    steps: Object.values(plan.steps).filter(({ kind }) => kind !== 'go-to').map((step) => stepFigures(counts, count, step)),
    arms: parts(counts, 'arm/'), groups: parts(counts, 'group/'),
  };
};
