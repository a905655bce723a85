import { recordFacts } from '../contact/fields.ts';
import type { RecentSend } from '../contact/store.ts';
import { enrolmentIdOf } from '../digest.ts';
import { attributeReader } from '../event/attributes.ts';
import type { Enrolment } from '../engine/enrolment.ts';
import type { ContactEvent } from '../engine/event.ts';
import { eventKey } from '../engine/event.ts';
import { reentryKey } from '../engine/key.ts';
import type { Name } from '../ids.ts';
import { groupOf } from '../journey/assign.ts';
import { pastGoTos, stepOf } from '../journey/walk.ts';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import type { Facts } from '../segment/facts.ts';
import { noFacts } from '../segment/facts.ts';
import type { Instant } from '../time.ts';
import type { Agenda } from './agenda.ts';
import { createAgenda } from './agenda.ts';
import type { Entry } from './course.ts';
import type { Person, World } from './world.ts';

/** One contact under way. What a live run keeps in tables stands here, for as long as the contact is simulated. */
export type Run = {
  readonly world: World;
  readonly person: Person;
  readonly agenda: Agenda;
  readonly entries: Entry[];
  /** What has happened. */
  readonly events: ContactEvent[];
  readonly segments: Set<Name>;
  /** When it shows whether a click was a person's. */
  readonly checks: Instant[];
  /** When time alone may end the run, or a wait for a condition. */
  review: Instant | undefined;
  now: Instant;
  row: Enrolment;
  /** With which outcome the step was reached. */
  outcome: Name;
  recent: readonly RecentSend[];
  /** Those of the event that entered the contact, or of a later one of the same key. */
  attributes: FieldReader;
};

/** Undefined where the value that makes the key of the entry is missing: then nobody enters. */
export const beginRun = async (world: World, person: Person): Promise<Run | undefined> => {
  const { plan, templates } = world.version;
  const { contact, entersAt, record } = person;
  const attributes = attributeReader(new Phi(person.attributes));
  const { zone, read } = recordFacts(record, entersAt);
  const key = reentryKey(plan.reenter, { at: entersAt, zone, read, attributes });
  if (key === undefined) return undefined;
  const enrolment = await enrolmentIdOf(contact, plan.journey, key);
  const linksOf = (step: string): number => {
    const found = stepOf(plan, step);
    return found.kind === 'send' ? Math.max(1, Object.keys(templates[found.template]?.links ?? {}).length) : 1;
  };
  const group = await groupOf(plan, contact);
  const start = pastGoTos(plan, plan.start);
  return {
    world, person, agenda: createAgenda(person.happenings, { enrolment, linksOf }), entries: [], events: [], checks: [], review: undefined,
    segments: new Set(person.segments), now: entersAt, outcome: 'none', recent: person.recent, attributes,
    row: {
      contact, enrolment, journey: plan.journey, version: 1, status: 'RUNNING', step: start, seq: 0, leg: 0, nextLeg: 0, legSeq: -1,
      resumeStep: start, resumeOutcome: 'none', visited: {}, labels: {}, enteredAt: entersAt, ...(group === undefined ? {} : { group }),
    },
  };
};

/** What conditions are judged on at this moment. */
export const factsOf = ({ person, now, outcome, segments, events, row, agenda, attributes }: Run): Facts => {
  const woken = events.find((event) => eventKey(event) === row.wokenBy);
  return {
    ...noFacts(now), ...recordFacts(person.record, now), outcome, segments, events,
    journeyOf: (enrolment) => (enrolment === row.enrolment ? row.journey : undefined),
    run: { enrolment: row.enrolment, journey: row.journey },
    attributes: (name) => (woken === undefined ? undefined : agenda.attributesOf(woken)(name)) ?? attributes(name),
    attributesOf: agenda.attributesOf,
  };
};
