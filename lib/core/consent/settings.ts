import { type ClassSet, classSet } from './classes.ts';
import { digestOf } from './digest.ts';
import { Policy } from './policy.ts';

/** A policy made ready for the rules: sets for lists, and the digest that the decision reports. */
export type Settings = {
  readonly policy: Policy;
  readonly digest: string;
  readonly smsAllowed: ClassSet;
  readonly subjectAllowed: ClassSet;
  readonly sensitive: ClassSet;
};

const settle = (overrides: unknown): Settings | null => {
  const { success, data: policy } = Policy.safeParse(overrides);
  if (!success) return null;
  return {
    policy,
    digest: digestOf(policy),
    smsAllowed: classSet(policy.sms_allowed_content),
    subjectAllowed: classSet(policy.subject_allowed_classes),
    sensitive: classSet(policy.sensitive_content_classes),
  };
};

const settled = new Map<string, Settings | null>();
const settledAtMost = 256;

/**
 * The defaults with a tenant's values in their place; null when those do not fit {@link Policy}. Values are read as
 * their JSON text, which is also the key of the memory, so an object that changed is read anew.
 */
export const settingsOf = (overrides: unknown = {}): Settings | null => {
  const text = JSON.stringify(overrides) ?? 'null';
  const known = settled.get(text);
  if (known !== undefined) return known;
  if (settled.size >= settledAtMost) settled.clear();
  const made = settle(JSON.parse(text));
  settled.set(text, made);
  return made;
};
