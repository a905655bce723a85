/**
 * Key schema of the tables, for stacks and adapters alike. Tables are apart by sensitivity: audit selectors, keys,
 * backups and shredding differ. CloudTrail data events show key values, so keys hold opaque ids and digests only.
 */
export const keys = { pk: 'pk', sk: 'sk' } as const;

/**
 * Journeys, no PHI. Streams old and new images.
 * - enrolment: pk = contact id, sk = enrolment id
 * - event of a contact: pk = contact id, sk = `event#<instant>#<event id>`; attributes sealed with the contact's data key
 * - published version: pk = `version#<journey>`, sk = six digits
 * - list of the published versions: pk = `catalogue`, sk = `<journey>#<six digits>`
 * - counts: pk = `counts#<journey>#<version>`, sk = `counts` of runs, `counts#sends` of sends
 * - stream checkpoint: pk = `checkpoint#<shard>`, sk = `checkpoint`
 * - segment: pk = `segments`, sk = its name
 * - definition of an API event: pk = `events`, sk = its name
 * - proof of a withdrawal: pk = contact id, sk = `withdrawal#<instant>#<withdrawal id>`
 * - withdrawal not yet complete: pk = `withdrawals#pending`, sk = `<instant>#<contact id>#<withdrawal id>`
 * - follow-up task: pk = `follow-ups`, sk = `<instant>#<enrolment>#<step>#<leg>`
 * - change of a contact, for those who react to it: pk = contact id, sk = `change#<version of the send gate>`, or `change#<segment id>#<instant>#<joined or left>`
 * - attributes of a run, sealed: pk = contact id, sk = `facts#<enrolment>`
 * - what was known of the conditions of triggers: pk = contact id, sk = `triggers`
 * - what anything published reacts to: pk = `watched`, sk = `watched`
 * - timer of a contact: pk = contact id, sk = `timer#<kind>#<name>`; on the due index while it is set
 * - migration: pk = `migrations#<journey>`, sk = its id
 * - page of the runs that a migration found, and what it came to: pk = `migration#<id>`, sk = `page#<partition>#<number>`, `tally#…`
 * - state of a journey: pk = `journey-states`, sk = its name
 * - end of an authorization: pk = `renewals#<yyyy-mm>`, sk = `<instant of the end>#<contact id>#<record id>`
 */
export const journeys = {
  dueIndex: { name: 'due', pk: 'duePartition', sk: 'due', includes: ['journey', 'version'] },
  ttl: 'expiresAt',
  enrolmentPrefix: 'e_',
  eventPrefix: 'event#',
  changePrefix: 'change#',
  timerPrefix: 'timer#',
  factsPrefix: 'facts#',
  triggers: 'triggers',
  watched: 'watched',
  versionsPrefix: 'version#',
  segmentsPartition: 'segments',
  eventsPartition: 'events',
  countsPrefix: 'counts#',
  migrationsPrefix: 'migrations#',
  migrationPrefix: 'migration#',
  heldPrefix: 'held#',
  cataloguePartition: 'catalogue',
  statesPartition: 'journey-states',
  withdrawalPrefix: 'withdrawal#',
  pendingWithdrawals: 'withdrawals#pending',
  followUps: 'follow-ups',
  renewalsPrefix: 'renewals#',
} as const;

/**
 * Contacts, PHI.
 * - send gate: pk = contact id, sk = `a#gate`
 * - profile: pk = contact id, sk = `a#profile`
 * - signed form: pk = contact id, sk = `evidence#<SHA-256>`, sealed like the profile
 * - membership: pk = contact id, sk = `segment#<segment id>`; its partition of the index is `<segment id>#<shard>`
 * - source id: pk = `source#<keyed digest>`, sk = `source`
 */
export const contacts = {
  segmentIndex: { name: 'segment', pk: 'segmentPartition', sk: 'pk' },
  gate: 'a#gate',
  profile: 'a#profile',
  sendingPrefix: 'a#',
  evidencePrefix: 'evidence#',
  segmentPrefix: 'segment#',
} as const;

/** ContactKeys: pk = contact id, sk = `key`; the wrapped data key and nothing else. Deleting it shreds the contact. */
export const contactKeys = { sk: 'key' } as const;

/** Ledger: pk = contact id, sk = `<enrolment>#<step>#<leg>`; one row per send or refusal. Streams new and old images. */
export const ledger = { ttl: undefined } as const;

/**
 * Receipts, no PHI.
 * - head of the chain: pk = `head`, sk = `head`
 * - day: pk = `days`, sk = the date
 * - page of receipts, packed: pk = `day#<date>`, sk = the position of its first one, nine digits
 * - what became of a page, where it stands or that it was given up: pk = `page#<id>`, sk = `page`
 * - page that has an outcome of a send, and the guard against a second one: pk = `send#<reference>`, sk = the outcome
 */
export const receipts = {
  head: 'head', days: 'days', dayPrefix: 'day#', pagePrefix: 'page#', page: 'page', sendPrefix: 'send#',
} as const;
