import type { QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { membersQuery } from '../../aws/contact-items.ts';
import { documentClient } from '../../aws/dynamo.ts';
import { env, required } from '../../aws/env.ts';
import { awsRuntime } from '../../aws/runtime.ts';
import { everybody, segmentShards } from '../../core/contact/store.ts';
import type { IntakeContact } from '../../core/intake/contact.ts';
import type { Instant } from '../../core/time.ts';
import { ask } from '../demo/ask.ts';
import { batches } from '../demo/import.ts';
import { madeUp } from '../demo/people.ts';
import type { Usage } from '../meter.ts';
import type { Platform } from '../platform.ts';
import { startPlatform } from '../platform.ts';
import { localKeyId } from '../safety.ts';
import { addCrowd } from './crowd.ts';
import { median } from './median.ts';

export type RecomputeOptions = {
  /** Folder of synthesized templates. */
  readonly assembly: string;
  /** How many contacts there are at the end, {@link firstMembers} or more. */
  readonly members: number;
  readonly seed: number;
};

/** What the change of one contact's record takes until its segments are right, with so many contacts about. */
export type Recompute = {
  readonly members: number;
  /** How many contacts changed, one after the other; the figures below are of one change. */
  readonly changes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly invocations: number;
  readonly decrypts: number;
  /** From the request until nothing is in flight: the median. */
  readonly milliseconds: number;
};

export const firstMembers = 100;

const beginning = '2026-11-02T14:00:00.000Z' as Instant;
const segment = 're-enrolment-due';
const changes = 10;

type Accepted = { readonly contact: string; readonly segments: readonly string[] };

const put = async (platform: Platform, contacts: readonly IntakeContact[]): Promise<readonly Accepted[]> =>
  (await ask<{ readonly accepted: readonly Accepted[] }>(platform, 'POST', '/contacts', { contacts })).accepted;

/** The next plan year, with which a member leaves the segment. */
const renewed = (contact: IntakeContact): IntakeContact =>
  ({ ...contact, fields: { ...contact.fields, planYear: 2027, planEndsOn: '2027-12-31' } });

type Left = { readonly usage: Usage; readonly milliseconds: number };

/**
 * Lets members leave the segment.
 *
 * @throws Error where one does not, since the figures would then be of something else
 */
const leave = async (platform: Platform, leaving: readonly IntakeContact[]): Promise<readonly Left[]> => {
  const left: Left[] = [];
  for (const contact of leaving) {
    platform.resetMeter();
    const began = performance.now();
    const [accepted] = await put(platform, [renewed(contact)]);
    await platform.settle();
    left.push({ usage: platform.meter(), milliseconds: performance.now() - began });
    if (accepted === undefined || accepted.segments.includes(segment)) throw new Error('a contact did not leave the segment');
  }
  return left;
};

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const recomputeOf = (members: number, left: readonly Left[]): Recompute => {
  const mean = (count: (usage: Usage) => number): number => left.reduce((sum, { usage }) => sum + count(usage), 0) / left.length;
  return {
    members, changes: left.length,
    readUnits: mean(({ dynamo }) => dynamo.read), writeUnits: mean(({ dynamo }) => dynamo.write),
    invocations: mean(({ invocations }) => total(invocations)), decrypts: mean(({ kms }) => kms['Decrypt'] ?? 0),
    milliseconds: median(left.map(({ milliseconds }) => milliseconds)),
  };
};

/** How many contacts there are, as the engine tells. */
const countContacts = async ({ clock }: Pick<Platform, 'clock'>, table: string): Promise<number> => {
  const db = documentClient({ ...awsRuntime, clock, clientConfig: { credentials: { accessKeyId: localKeyId, secretAccessKey: localKeyId } } });
  let count = 0;
  for (let shard = 0; shard < segmentShards; shard += 1) {
    let from: Record<string, unknown> | undefined;
    do {
      const page: QueryCommandOutput = await db.send(new QueryCommand({ ...membersQuery(table, everybody, `${shard}`), ExclusiveStartKey: from }));
      count += page.Count ?? 0;
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }
  db.destroy();
  return count;
};

/**
 * Measures the same change with a hundred contacts and with many. Each measured contact changes for the first time; one
 * that changes before them, unmeasured, lets every function start and read what it keeps.
 */
export const measureRecompute = async ({ assembly, members, seed }: RecomputeOptions): Promise<readonly Recompute[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sendwell-bench-'));
  const platform = await startPlatform({ assembly, startAt: beginning, dailySchedules: false, keep: true, dataFolder });
  try {
    const people = madeUp(firstMembers, seed).map(({ contact }) => contact);
    const accepted: Accepted[] = [];
    for (const batch of batches(people)) accepted.push(...await put(platform, batch));
    await platform.settle();
    const like = accepted.at(-1);
    if (like === undefined || !like.segments.includes(segment)) throw new Error('a member is not in the segment');
    await leave(platform, people.slice(0, 1));
    const tables = { contacts: required(env.contactsTable), keys: required(env.contactKeysTable) };
    const before = await countContacts(platform, tables.contacts);
    const few = recomputeOf(before, await leave(platform, people.slice(1, 1 + changes)));
    addCrowd(join(dataFolder, 'tables', 'tables.db'), tables, like.contact, members - before);
    const after = await countContacts(platform, tables.contacts);
    if (after !== members) throw new Error(`the DynamoDB engine tells of ${after} contacts, not of ${members}`);
    return [few, recomputeOf(after, await leave(platform, people.slice(1 + changes, 1 + 2 * changes)))];
  } finally {
    await platform.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};
