import type { Name } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import { preferencesVersion, wordsOf } from '../pages/words.ts';
import type { Language } from '../pages/language.ts';
import type { Instant } from '../time.ts';
import type { Capture, Choice, ContactRecord, Standing } from './record.ts';

/** Scopes that a person may stop in one go. */
export const stopScopes = ['commercial', 'sms', 'fundraising'] as const;
export type StopScope = (typeof stopScopes)[number];

export const frequencies = ['usual', 'weekly'] as const;
export type Frequency = (typeof frequencies)[number];

type YesNo = 'yes' | 'no';

/** What stands for a person now. A topic without a value was never chosen. */
export type Preferences = {
  readonly email: Readonly<Record<string, YesNo | undefined>>;
  readonly text: Readonly<Record<string, YesNo | undefined>>;
  readonly stop: Readonly<Record<StopScope, boolean>>;
  readonly frequency: Frequency | undefined;
  readonly language: Language | undefined;
};

type Suppressions = Standing['suppressions'];

const stands = (suppression: Suppressions[number]): boolean => (suppression['released_at'] ?? null) === null;

const isOnTopic = (topic: Name, channel: 'email' | 'sms') => (suppression: Suppressions[number]): boolean =>
  suppression['scope'] === 'topic' && suppression['topic'] === topic && (suppression['channel'] ?? channel) === channel;

const isOfScope = (scope: StopScope) => (suppression: Suppressions[number]): boolean => suppression['scope'] === scope;

const listed = (value: unknown, name: string): boolean => Array.isArray(value) && (value.includes(name) || value.includes('*'));

const optedIn = ({ consents }: Standing, topic: Name, sender: string): boolean =>
  consents.some((one) => one.type === 'email_opt_in' && one.revocation === null && one['method'] === 'express'
    && listed(one['topics'], topic) && listed(one['sender_ids'], sender));

const lastOf = (record: ContactRecord, matter: Choice['matter'], of: string | null): string | undefined =>
  (record.choices ?? []).findLast((choice) => choice.matter === matter && choice.of === of)?.value;

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((known) => known === value);

/** What the person has chosen, by whatever way it came in; nothing is taken as chosen that was not. */
export const preferencesOf = (record: ContactRecord, organisation: Pick<Organisation, 'topics' | 'entityId'>): Preferences => {
  const { standing } = record;
  const active = standing.suppressions.filter(stands);
  const ids = organisation.topics.map(({ id }) => id);
  const email = ids.map((id): [string, YesNo | undefined] => {
    if (active.some(isOnTopic(id, 'email'))) return [id, 'no'];
    return [id, optedIn(standing, id, organisation.entityId) ? 'yes' : undefined];
  });
  const text = ids.map((id): [string, YesNo | undefined] => {
    if (active.some(isOnTopic(id, 'sms'))) return [id, 'no'];
    return [id, lastOf(record, 'text', id) === 'yes' ? 'yes' : undefined];
  });
  return {
    email: Object.fromEntries(email),
    text: Object.fromEntries(text),
    stop: {
      commercial: active.some(isOfScope('commercial')), sms: active.some(isOfScope('sms')), fundraising: active.some(isOfScope('fundraising')),
    },
    frequency: oneOf(frequencies, lastOf(record, 'frequency', null)),
    language: oneOf(['en', 'es'] as const, lastOf(record, 'language', null)),
  };
};

/** What a person sent; a matter that is missing stays as it is. */
export type Wishes = {
  readonly email: Readonly<Record<string, YesNo>>;
  readonly text: Readonly<Record<string, YesNo>>;
  readonly stop: Readonly<Partial<Record<StopScope, boolean>>>;
  readonly frequency: Frequency | undefined;
  readonly language: Language | undefined;
};

export type WishContext = {
  readonly organisation: Pick<Organisation, 'topics' | 'entityId' | 'name'>;
  /** The language that the page was shown in. */
  readonly shownIn: Language;
  /** When the page was shown. What the person stopped elsewhere after that stays stopped. */
  readonly shownAt: Instant;
  readonly now: Instant;
};

const source = 'preference-page';

const freshId = (prefix: string, taken: readonly { readonly id: string }[]): string => {
  for (let number = taken.length + 1; ; number += 1) {
    const id = `${prefix}-${number}`;
    if (taken.every((one) => one.id !== id)) return id;
  }
};

const withStanding = (record: ContactRecord, change: Partial<Standing>): ContactRecord =>
  ({ ...record, standing: { ...record.standing, ...change } });

const suppress = (record: ContactRecord, what: Readonly<Record<string, unknown>>, now: Instant, capture: Capture): ContactRecord => {
  const { suppressions } = record.standing;
  const added = { id: freshId('suppression', suppressions), ...what, received_at: now, released_at: null, source, capture };
  return withStanding(record, { suppressions: [...suppressions, added] });
};

const release = (record: ContactRecord, which: (one: Suppressions[number]) => boolean, { now, shownAt }: WishContext): ContactRecord =>
  withStanding(record, {
    suppressions: record.standing.suppressions.map((one) =>
      (which(one) && stands(one) && Date.parse(one.received_at) <= Date.parse(shownAt) ? { ...one, released_at: now } : one)),
  });

const optIn = (record: ContactRecord, topic: Name, { now, organisation }: WishContext, capture: Capture): ContactRecord => {
  const { consents } = record.standing;
  const added = {
    id: freshId('opt-in', consents), type: 'email_opt_in', captured_at: now, evidence_ref: `wording/${capture.version}/${capture.language}`,
    revocation: null, method: 'express', sender_ids: [organisation.entityId], topics: [topic], capture,
  };
  return withStanding(record, { consents: [...consents, added] });
};

const optOut = (record: ContactRecord, topic: Name, now: Instant): ContactRecord =>
  withStanding(record, {
    consents: record.standing.consents.map((one) => {
      const alone = one.type === 'email_opt_in' && one.revocation === null && Array.isArray(one['topics']) && one['topics'].join() === topic;
      return alone ? { ...one, revocation: { received_at: now, in_writing: true, via: source } } : one;
    }),
  });

type Change = Omit<Choice, 'at' | 'capture'> & { readonly wording: string };

const effectOf = (record: ContactRecord, { matter, of, value }: Change, context: WishContext, capture: Capture): ContactRecord => {
  const { now } = context;
  if (matter === 'frequency') return record;
  if (matter === 'language') return { ...record, fields: { ...record.fields, language: value } };
  if (matter === 'stop') {
    return value === 'yes' ? suppress(record, { scope: of, topic: null }, now, capture) : release(record, (one) => one['scope'] === of, context);
  }
  const channel = matter === 'email' ? 'email' : 'sms';
  const topic = of ?? '';
  if (value === 'no') return suppress(matter === 'email' ? optOut(record, topic, now) : record, { scope: 'topic', topic, channel }, now, capture);
  const released = release(record, isOnTopic(topic, channel), context);
  return matter === 'email' && !optedIn(released.standing, topic, context.organisation.entityId)
    ? optIn(released, topic, context, capture) : released;
};

const changesIn = (record: ContactRecord, wishes: Wishes, { organisation, shownIn }: WishContext): readonly Change[] => {
  const before = preferencesOf(record, organisation);
  const words = wordsOf(shownIn);
  const topics = (['email', 'text'] as const).flatMap((matter) => organisation.topics.flatMap((topic): readonly Change[] => {
    const value = wishes[matter][topic.id];
    const wording = `${topic[shownIn]} – ${matter === 'email' ? words.byEmail : words.byText}: ${value === 'yes' ? words.yes : words.no}`;
    return value === undefined || value === before[matter][topic.id] ? [] : [{ matter, of: topic.id, value, wording }];
  }));
  const stopWords = { commercial: words.stopCommercial, sms: words.stopSms, fundraising: words.stopFundraising };
  const stops = stopScopes.flatMap((of): readonly Change[] => {
    const value = wishes.stop[of];
    return value === undefined || value === before.stop[of] ? []
      : [{ matter: 'stop', of, value: value ? 'yes' : 'no', wording: `${stopWords[of]}: ${value ? words.yes : words.no}` }];
  });
  const { frequency, language } = wishes;
  const frequencyWords = { usual: words.frequencyUsual, weekly: words.frequencyWeekly };
  return [
    ...topics, ...stops,
    ...(frequency === undefined || frequency === before.frequency ? []
      : [{ matter: 'frequency' as const, of: null, value: frequency, wording: `${words.frequencyTitle}: ${frequencyWords[frequency]}` }]),
    ...(language === undefined || language === before.language ? []
      : [{ matter: 'language' as const, of: null, value: language, wording: `${words.languageTitle}: ${language}` }]),
  ];
};

/** Whether the wish now stands; one that a later stop outweighs does not, and is not kept as if it did. */
const isMet = (record: ContactRecord, { matter, of, value }: Change, organisation: WishContext['organisation']): boolean => {
  const now = preferencesOf(record, organisation);
  if (matter === 'email' || matter === 'text') return now[matter][of ?? ''] === value;
  return matter !== 'stop' || stopScopes.some((scope) => scope === of && now.stop[scope] === (value === 'yes'));
};

/**
 * Carries out what a person wishes, and keeps each wish that differs from what stood, with its wording. Gives the very
 * record back where nothing differs.
 */
export const applyWishes = (record: ContactRecord, wishes: Wishes, context: WishContext): ContactRecord => {
  const { organisation, shownIn, now } = context;
  const privacy = wordsOf(shownIn).privacy(organisation.name);
  return changesIn(record, wishes, context).reduce((changed, change) => {
    const { wording, ...choice } = change;
    const capture: Capture = { source, version: preferencesVersion, language: shownIn, wording: `${wording}. ${privacy}` };
    const effected = effectOf(changed, change, context, capture);
    const after = { ...effected, choices: [...(effected.choices ?? []), { ...choice, at: now, capture }] };
    return isMet(after, change, organisation) ? after : changed;
  }, record);
};
