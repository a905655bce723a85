/**
 * The environment variables of the functions. Stacks set them, entries read them through {@link required}; nothing
 * else knows their names.
 */
export const env = {
  contactsTable: 'SENDWELL_CONTACTS_TABLE',
  contactKeysTable: 'SENDWELL_CONTACT_KEYS_TABLE',
  journeysTable: 'SENDWELL_JOURNEYS_TABLE',
  ledgerTable: 'SENDWELL_LEDGER_TABLE',
  receiptsTable: 'SENDWELL_RECEIPTS_TABLE',
  /** Bucket with Object Lock, for the receipts of closed days. */
  receiptsBucket: 'SENDWELL_RECEIPTS_BUCKET',
  /** ARN of the customer-managed key that wraps the contacts' data keys. */
  vaultKey: 'SENDWELL_VAULT_KEY_ARN',
  resumeQueue: 'SENDWELL_RESUME_QUEUE_URL',
  enrolQueue: 'SENDWELL_ENROL_QUEUE_URL',
  /** Work on many runs at once: going on after a pause, moving to another version. */
  moveQueue: 'SENDWELL_MOVE_QUEUE_URL',
  reviewQueue: 'SENDWELL_REVIEW_QUEUE_URL',
  timerQueue: 'SENDWELL_TIMER_QUEUE_URL',
  configurationSet: 'SENDWELL_CONFIGURATION_SET',
  /** ARN prefix of the journeys' state machines; `<prefix><journey>-v<version>` is the machine of a version. */
  machinePrefix: 'SENDWELL_MACHINE_ARN_PREFIX',
  /** JSON of the Organisation schema. */
  organisation: 'SENDWELL_ORGANISATION',
} as const;

export type EnvName = (typeof env)[keyof typeof env];

/** Reads a variable; a function that lacks one fails at its first start rather than at its first patient. */
export const required = (name: EnvName): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
};
