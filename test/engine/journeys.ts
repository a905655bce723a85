import { awsRuntime } from '../../lib/aws/runtime.ts';
import type { Runtime } from '../../lib/aws/runtime.ts';
import { env, required } from '../../lib/aws/env.ts';
import { enrolments } from '../../lib/aws/enrolments.ts';
import { journeyStates } from '../../lib/aws/journey-states.ts';
import { ledger, sendHistory } from '../../lib/aws/ledger.ts';
import { memberships } from '../../lib/aws/memberships.ts';
import { segments } from '../../lib/aws/segments.ts';
import { versions } from '../../lib/aws/versions.ts';
import { authorizationFor } from '../../lib/local/demo/authorization.ts';
import type { Platform } from '../../lib/local/platform.ts';
import { Enrolment } from '../../lib/core/engine/enrolment.ts';
import { enrolmentIdOf } from '../../lib/core/digest.ts';
import type { SendRecord } from '../../lib/core/engine/send.ts';
import { Plan } from '../../lib/core/journey/plan.ts';
import type { Purpose } from '../../lib/core/journey/settings.ts';
import { addSeconds } from '../../lib/core/time.ts';
import { member } from './people.ts';

type Api = Pick<Platform, 'call'>;

/** A member of the plan who has diabetes: in the segments of both shipped journeys. */
export const importDiabetic = async (platform: Api, name: string, changes: object = {}): Promise<string> => {
  const known = member(name);
  const answer = await platform.call('POST', '/contacts', {
    contacts: [{ ...known, fields: { ...known.fields, conditions: ['44054006'] }, ...changes }],
  });
  const { accepted } = answer.body as { accepted: readonly { contact: string }[] };
  const contact = accepted[0]?.contact;
  if (contact === undefined) throw new Error(`the import was answered with ${answer.status}`);
  return contact;
};

export const authorize = (platform: Api & Pick<Platform, 'clock'>, contact: string, id = 'auth-1') =>
  platform.call('POST', `/contacts/${contact}/consents`, { record: authorizationFor(id, 'northside-health', platform.clock.now()) });

export const revoke = (platform: Api, contact: string, id = 'auth-1') =>
  platform.call('POST', `/contacts/${contact}/consents/${id}/revocation`, { inWriting: true, via: 'portal' });

export const enrolIn = (platform: Api, journey: string, contact: string) =>
  platform.call('POST', `/journeys/${journey}/enrolments`, { contacts: [contact] });

export type Proof = {
  readonly cause: string; readonly recordId: string; readonly receivedAt: string; readonly consentVersion: number;
  readonly completedAt?: string; readonly secondsTaken?: number;
  readonly ended: readonly { readonly journey: string; readonly step: string; readonly reason: string }[];
  readonly kept: readonly { readonly journey: string }[];
};

export const proofsOf = async (platform: Api, contact: string): Promise<readonly Proof[]> =>
  ((await platform.call('GET', `/contacts/${contact}/withdrawals`)).body as { withdrawals: readonly Proof[] }).withdrawals;

/** The tables of a running platform as its functions see them, found in the environment. */
export const storesOf = (platform: Pick<Platform, 'clock'>) => {
  const runtime: Runtime = {
    ...awsRuntime, clock: platform.clock, clientConfig: { credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
  };
  const journeysTable = required(env.journeysTable);
  const ledgerTable = required(env.ledgerTable);
  return {
    enrolments: enrolments(runtime, journeysTable),
    memberships: memberships(runtime, { table: required(env.contactsTable), journeysTable, segments: segments(runtime, journeysTable) }),
    versions: versions(runtime, journeysTable),
    states: journeyStates(runtime, journeysTable),
    ledger: ledger(runtime, { table: ledgerTable, contactsTable: required(env.contactsTable) }),
    sends: sendHistory(runtime, ledgerTable),
  };
};
export type Stores = ReturnType<typeof storesOf>;

export const runsOf = async (stores: Stores, contact: string): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await stores.enrolments.ofContact(contact)).map((run) => [run.journey, run.status]));

export const sendsOf = (stores: Stores, contact: string): Promise<readonly SendRecord[]> => stores.sends.ofContact(contact);

/** A journey of one purpose that reminds of a visit; it has no machine, so its runs stand where they are put. */
export const publishReminder = async (stores: Stores, journey: string, purpose: Purpose, priority = 1): Promise<void> => {
  const plan = Plan.parse({
    journey, title: 'A reminder', priority, start: 'remind', reenter: 'never',
    sender: { name: 'Northside', address: 'care@northside.example', replyTo: 'care@northside.example' },
    message: { purpose, topic: null, content: ['contact_info'], subject: [], segment: [], promotions: [] },
    enter: { segment: 're-enrolment-due', because: 'Care.' },
    steps: {
      remind: { id: 'remind', visits: 1, kind: 'send', template: 'reminder', next: 'pause' },
      pause: { id: 'pause', visits: 1, kind: 'wait', until: { rule: 'duration', duration: { days: 1, hours: 0, minutes: 0 } }, next: 'done' },
      done: { id: 'done', visits: 1, kind: 'end', outcome: 'completed' },
    },
  });
  const templates = { reminder: { template: 'reminder', subject: 'A reminder', text: 'Please call us.', html: '<p>Please call us.</p>', links: {} } };
  await stores.versions.publish({ journey, version: 1, plan, templates, hash: journey, templateHashes: { reminder: 'none' } });
};

/** Puts a contact into such a journey, before its send; parked, it stands in a wait of a day before it. */
export const putInto = async (
  stores: Stores, platform: Pick<Platform, 'clock'>, journey: string, contact: string, status: 'RUNNING' | 'PARKED',
): Promise<Enrolment> => {
  const now = platform.clock.now();
  const enrolment = Enrolment.parse({
    contact, enrolment: await enrolmentIdOf(contact, journey, 'once'), journey, version: 1, status, step: 'remind', seq: 0, leg: 0,
    nextLeg: 0, legSeq: -1, resumeStep: 'remind', resumeOutcome: 'none', due: addSeconds(now, 86_400), visited: {}, labels: {}, enteredAt: now,
  });
  await stores.enrolments.enter(enrolment);
  return enrolment;
};

/** Runs the send of such a journey as its machine would. */
export const sendReminder = (platform: Pick<Platform, 'invoke'>, { contact, enrolment, journey, seq, leg }: Enrolment) =>
  platform.invoke('send-message', {
    journey, version: 1, step: 'remind', from: 'remind', contact, enrolment, outcome: 'none', seq, leg,
  });
