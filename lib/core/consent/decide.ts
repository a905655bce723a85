import { formatInstant } from './civil.ts';
import type { BasisCode, DenyCode, PermitCode } from './codes.ts';
import { derive } from './derive.ts';
import { permitFor } from './permits.ts';
import type { Policy } from './policy.ts';
import { type Settings, settingsOf } from './settings.ts';
import { applyRow, type Denial } from './rule.ts';
import { readInput } from './rules/input.ts';
import { table, tableDigest } from './table.ts';

/** Which table and which policy made a decision; the policy is null when it could not be read. */
export type Digests = { readonly table: string; readonly policy: string | null };

/** May this message go, now, and why. `evidence` holds ids of records of the contact, never a value. */
export type Decision =
  | {
      readonly decision: 'permit';
      readonly reason: PermitCode;
      /** What the permit rests on, the primary basis first. */
      readonly basis: readonly BasisCode[];
      /** Every record the permit relies on. */
      readonly evidence: readonly string[];
      readonly digests: Digests;
    }
  | {
      readonly decision: 'deny';
      readonly reason: DenyCode;
      readonly basis: readonly [];
      /** The records that caused the denial; none when an absence did. */
      readonly evidence: readonly string[];
      /** Of quiet hours and caps: the first instant, in UTC, at which the same rule lets the message go. */
      readonly retry_at?: string;
      readonly digests: Digests;
    };

const deny = ({ reason, evidence, retryAt }: Denial, policy: string | null): Decision => ({
  decision: 'deny',
  reason,
  basis: [],
  evidence,
  ...(retryAt === undefined ? {} : { retry_at: formatInstant(retryAt) }),
  digests: { table: tableDigest, policy },
});

const unreadable: Denial = { reason: 'INPUT_INVALID', evidence: [] };

const judge = (contact: unknown, message: unknown, now: unknown, settings: Settings): Decision => {
  const input = readInput(contact, message, now);
  if (input === null) return deny(unreadable, settings.digest);
  const facts = derive(input.contact, input.message, input.address, input.now, settings);
  for (const row of table) {
    const denial = applyRow(row, facts);
    if (denial !== null) return deny(denial, settings.digest);
  }
  const permit = permitFor(facts);
  if (permit === null) return deny(unreadable, settings.digest);
  return { decision: 'permit', ...permit, digests: { table: tableDigest, policy: settings.digest } };
};

/**
 * Decides whether a message may go to a contact at an instant. Pure: no clock, no store, no network, and the same input
 * gives the same answer. Ask again before each message; a permit is good for that one message and a few minutes.
 *
 * @param contact - Shape `Contact` (contact.ts), every key present.
 * @param message - Shape `Message` (message.ts), every key present.
 * @param now - Instant of sending, RFC 3339 with an offset. What happened later is ignored, what happened at it counts.
 * @param policy - A tenant's values in place of the defaults of policy.ts, key by key.
 * @returns A permit or a denial. Never throws: input or a policy that cannot be read, and a rule that fails, deny with
 *   `INPUT_INVALID`.
 */
export const decide = (contact: unknown, message: unknown, now: string, policy?: Partial<Policy>): Decision => {
  let digest: string | null = null;
  try {
    const settings = settingsOf(policy);
    if (settings === null) return deny(unreadable, null);
    digest = settings.digest;
    return judge(contact, message, now, settings);
  } catch {
    return deny(unreadable, digest);
  }
};
