import type { DataClass } from './classes.ts';
import { defaults, Policy } from './policy.ts';
import type { Week, Window } from './policy.ts';
import type { State } from './state.ts';

/** How far the law lets one key go; `remedy` tells what to set instead. */
type Limit = { readonly allows: (policy: Policy) => boolean; readonly remedy: string };

/** A key that no law limits, whatever it is set to. */
const free: Limit = { allows: () => true, remedy: '' };

const within = (narrow: readonly string[], wide: readonly string[]): boolean => narrow.every((one) => wide.includes(one));

/** What is commonly sent in the open under reasonable safeguards, 45 CFR 164.530(c). */
const openClasses: readonly DataClass[] = ['contact_info', 'appointment_logistics'];

/** Solicitations by text, 47 CFR 64.1200(c)(1). */
const federalHours: Window = ['08:00', '21:00'];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day that stays closed is within any hours. */
const isInside = ([open, close]: Window, [from, to]: Window): boolean => open === close || (open >= from && close <= to);

const windowOf = (week: Week | undefined, day: (typeof weekdays)[number], otherwise: Window): Window => week?.[day] ?? week?.['*'] ?? otherwise;

/** On every day of the week, in every state that has hours by law or by this policy. */
const keepsStateHours = ({ sms_window: usual, sms_state_windows: set }: Policy): boolean => {
  const law = defaults.sms_state_windows;
  const states = [...new Set([...Object.keys(law), ...Object.keys(set)])] as State[];
  return states.every((state) => weekdays.every((day) =>
    isInside(windowOf(set[state], day, usual), windowOf(law[state], day, federalHours))));
};

/** Florida and Oklahoma: at most three solicitations in 24 hours. */
const keepsDailyCap = ({ caps_sms: caps }: Policy): boolean => caps.some(([most, seconds]) => most <= 3 && seconds >= 86_400);

/** Every key of the policy, and how far the law alone would let it go; the words for it are those of {@link Policy}. */
export const limits: { readonly [K in keyof Policy]: Limit } = {
  honor_any_revocation: free,
  revocation_sweeps: free,
  reauthorize_when_representation_ends: free,
  complaint_blocks_all: free,
  require_verified_address: free,
  minor_marketing_allowed: free,
  allow_third_party_lists: free,
  part2_require_consent_for_own_program: free,
  sms_allowed_content: {
    allows: (policy) => within(policy.sms_allowed_content, openClasses), remedy: `Allow no more than ${openClasses.join(' and ')}.`,
  },
  subject_allowed_classes: {
    allows: (policy) => within(policy.subject_allowed_classes, openClasses), remedy: `Allow no more than ${openClasses.join(' and ')}.`,
  },
  sensitive_content_classes: free,
  unencrypted_preference_allowed: free,
  health_education_is_commercial: free,
  paid_refill_is_commercial: free,
  require_one_click: free,
  require_opt_in_consumer: free,
  chd_states: {
    allows: ({ chd_states: states }) => states === 'ALL' || within(['WA', 'NV'], states), remedy: 'Name WA and NV at the least, or leave ALL.',
  },
  complaint_rate_stop: free,
  sms_window: {
    allows: ({ sms_window: hours }) => isInside(hours, federalHours), remedy: `Stay between ${federalHours.join(' and ')}.`,
  },
  sms_state_windows: {
    allows: keepsStateHours, remedy: 'Name every state of the default, on each day with hours inside its own, and no state with hours outside 08:00 and 21:00.',
  },
  email_commercial_window: free,
  caps_email_commercial: free,
  caps_sms: { allows: keepsDailyCap, remedy: 'Keep a cap of at most 3 texts in 86,400 seconds or more.' },
};

/** What is wrong with one key. `past-law`: it is set past what the law alone would allow. */
export type PolicyFault = {
  readonly code: 'policy.past-law' | 'policy.unknown-key' | 'policy.unreadable';
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
};

const keys = Object.keys(Policy.shape) as (keyof Policy)[];

const unreadable = (key: string): PolicyFault => (key in Policy.shape
  ? { code: 'policy.unreadable', key, message: `${key} has a value of another shape than the policy's`, remedy: 'Give it the shape of its default.' }
  : { code: 'policy.unknown-key', key, message: `the policy has no key ${key}`, remedy: `Name one of ${keys.join(', ')}.` });

/**
 * The keys of a tenant's policy that cannot be read, and those that are set past what the law alone would allow. Empty: a
 * message that the law denies is denied under this policy too.
 */
export const policyFaults = (overrides: unknown): readonly PolicyFault[] => {
  const { data: policy, error } = Policy.safeParse(overrides);
  if (policy === undefined) {
    const named = (error?.issues ?? []).flatMap((issue) =>
      (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0] ?? '')]));
    return [...new Set(named)].map(unreadable);
  }
  return keys.filter((key) => !limits[key].allows(policy)).map((key) => ({
    code: 'policy.past-law', key, message: `${key} goes past what the law alone would allow: ${Policy.shape[key].meta()?.['law'] as string}`,
    remedy: limits[key].remedy,
  }));
};
