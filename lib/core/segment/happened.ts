import type { ContactEvent } from '../engine/event.ts';
import { markRuns, settlesAt } from '../engine/scanner.ts';
import { durationOf } from '../journey/duration.ts';
import { millisecondsOf } from '../time.ts';
import type { AttributeFilter, EngagementCondition, EventCondition, FieldReader } from './condition.ts';
import type { Facts } from './facts.ts';
import { laterBy } from './moment.ts';
import { type MailAsked, testsOf } from './needs.ts';
import { type Day, judgeValue } from './value.ts';
import { allOf, anyOf, during, type Judged } from './verdict.ts';

/** Whether an event has happened, and no longer ago than `within`. A click counts once it shows that it was a person's. */
const recently = (event: ContactEvent, within: string | undefined, now: number, zone: string): Judged => {
  const from = millisecondsOf(event.type === 'click' ? settlesAt(event) : event.at);
  const to = within === undefined ? Infinity : laterBy({ at: millisecondsOf(event.at) }, durationOf(within), zone);
  return during(now, from, to);
};

type Mail = MailAsked & { readonly type: string };

const mailOf = (condition: EngagementCondition): Mail => {
  if ('opened' in condition) return { type: 'open', ...condition.opened };
  return 'clicked' in condition ? { type: 'click', ...condition.clicked } : { type: 'bounce', ...condition.bounced };
};

const isMeant = (event: ContactEvent, { type, of, link, journey }: Mail, { run, journeyOf }: Facts): boolean => {
  if (event.type !== type || !('step' in event) || ('automated' in event && event.automated)) return false;
  if (link !== undefined && !('link' in event && event.link === link)) return false;
  if (of !== undefined && event.step !== of) return false;
  if (journey !== undefined) return journeyOf(event.enrolment) === journey;
  return of === undefined || event.enrolment === run?.enrolment;
};

/** What became of mail. Whether it did is always known: what was not reported has not happened. */
export const judgeEngagement = (condition: EngagementCondition, facts: Facts, now: number, zone: string): Judged => {
  const mail = mailOf(condition);
  return anyOf(markRuns(facts.events).filter((event) => isMeant(event, mail, facts))
    .map((event) => recently(event, mail.within, now, zone)));
};

const judgeFilter = (filter: AttributeFilter | undefined, read: FieldReader, day: Day): Judged =>
  allOf((filter === undefined ? [] : testsOf(filter)).map(({ test }) => judgeValue(test, read(test.attribute), day)));

/** An event whose attributes are missing may or may not be the one that is meant, so that is missing too. */
export const judgeEvent = ({ event: name, within, where }: EventCondition, facts: Facts, now: number, zone: string): Judged =>
  anyOf(facts.events.filter((event) => event.type === 'api' && event.name === name).map((event) =>
    allOf([recently(event, within, now, zone), judgeFilter(where, facts.attributesOf(event), { now, zone })])));
