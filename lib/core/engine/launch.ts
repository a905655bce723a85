import type { DataRefusal } from '../consent/needs.ts';
import { needsByReason } from '../consent/needs.ts';
import type { DenyCode } from '../consent/codes.ts';
import { fieldReader } from '../contact/fields.ts';
import type { OpenContact } from '../contact/store.ts';
import type { ContactId } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { PublishedVersion } from '../ports.ts';
import { hangingOnRun, lackingOfContact } from '../template/lacking.ts';
import type { Template } from '../template/template.ts';
import type { Instant } from '../time.ts';
import { judgeSend } from './judge.ts';

/** What would come of the journey's first message to one contact. `later`: hours or caps only put it off. */
export type Verdict =
  | {
    readonly kind: 'permitted';
    /** Values, as `run.<attribute>`, that the event of a run brings and some message of the journey would not be whole without. */
    readonly knownOnlyWithRun: readonly string[];
  }
  | { readonly kind: 'later' | 'refused'; readonly reason: DenyCode | DataRefusal };

/** The templates that the journey sends, each once. */
const templatesOf = ({ plan, templates }: PublishedVersion): readonly Template[] =>
  [...new Set(Object.values(plan.steps).flatMap((step) => (step.kind === 'send' ? templates[step.template] ?? [] : [])))];

/** Asks what a send would ask, at this moment, and changes nothing. */
export const verdictOn = (
  version: PublishedVersion, organisation: Organisation, contact: ContactId, opened: OpenContact, now: Instant, complaintRate: number,
): Verdict => {
  const judgement = judgeSend({
    plan: version.plan, organisation, contact, record: opened.record.open(), recent: opened.gate.recent, send: 'launch-check', now,
    complaintRate,
  });
  if (judgement.kind !== 'permitted') return { kind: judgement.kind, reason: judgement.reason };
  const record = opened.record.open();
  const values = { record, contact: fieldReader(record, now) };
  const frame = { sender: version.plan.sender, organisation };
  const templates = templatesOf(version);
  // What the event of a run brings is not missing from anybody before there is a run.
  if (templates.some((template) => lackingOfContact(template, values, frame) !== undefined)) return { kind: 'refused', reason: 'TEMPLATE_VALUE_MISSING' };
  return { kind: 'permitted', knownOnlyWithRun: [...new Set(templates.flatMap((template) => hangingOnRun(template, values, frame)))] };
};

export type Group = {
  readonly count: number;
  /** The first few, to look at. */
  readonly sample: readonly ContactId[];
  readonly whatItNeeds: string;
};

const sampleSize = 5;

type Judged = { readonly contact: ContactId; readonly verdict: Verdict };

const groups = <K extends string>(named: readonly (readonly [K, ContactId])[], need: (name: K) => string): Readonly<Record<string, Group>> => {
  const byName = new Map<K, ContactId[]>();
  for (const [name, contact] of named) byName.set(name, [...byName.get(name) ?? [], contact]);
  return Object.fromEntries([...byName].sort(([, one], [, other]) => other.length - one.length)
    .map(([name, contacts]) => [name, { count: contacts.length, sample: contacts.slice(0, sampleSize), whatItNeeds: need(name) }]));
};

/** The contacts of one kind of verdict by reason, most first. */
export const groupsOf = (kind: 'later' | 'refused', verdicts: readonly Judged[]): Readonly<Record<string, Group>> =>
  groups(verdicts.flatMap(({ contact, verdict }) => (verdict.kind === kind ? [[verdict.reason, contact] as const] : [])), (reason) => needsByReason[reason]);

const whatRunsNeed = 'A run that an event begins: the event brings the value. A run that a list begins is without it.';

/** Contacts to whom the message is permitted, by the values that only their runs will bring; one may be in several groups. */
export const groupsByRunValue = (verdicts: readonly Judged[]): Readonly<Record<string, Group>> =>
  groups(verdicts.flatMap(({ contact, verdict }) =>
    (verdict.kind === 'permitted' ? verdict.knownOnlyWithRun.map((name) => [name, contact] as const) : [])), () => whatRunsNeed);
