import * as z from 'zod';
import type { Wishes } from '../../lib/core/contact/preferences.ts';
import { applyWishes, frequencies, preferencesOf, stopScopes } from '../../lib/core/contact/preferences.ts';
import type { ContactRecord } from '../../lib/core/contact/record.ts';
import type { ContactStore } from '../../lib/core/contact/store.ts';
import { SendwellError } from '../../lib/core/errors.ts';
import type { ContactId } from '../../lib/core/ids.ts';
import type { PageLink } from '../../lib/core/link/page-token.ts';
import type { Organisation } from '../../lib/core/organisation.ts';
import { Language, languageOf } from '../../lib/core/pages/language.ts';
import { renderPreferences } from '../../lib/core/pages/preferences.ts';
import type { Clock } from '../../lib/core/ports.ts';
import { Instant } from '../../lib/core/time.ts';
import type { ApiAnswer, PageRequest } from '../middleware.ts';

/** `GET` and `POST /p/{token}`. */
export const PreferencesRequest = z.object({
  token: z.string().min(1).max(1000),
  form: z.record(z.string(), z.string()),
});
export type PreferencesRequest = z.infer<typeof PreferencesRequest>;

export type PreferencesPorts = {
  /** Throws `link.invalid`. */
  readonly readLink: (token: string) => Promise<PageLink>;
  readonly contacts: Pick<ContactStore, 'open' | 'update'>;
  /** Ends the runs that the contact's open withdrawals touch. */
  readonly withdraw: (contact: ContactId) => Promise<unknown>;
  readonly organisation: Organisation;
  readonly clock: Clock;
};

const Shown = z.object({ 'shown': Instant, 'shown-in': Language });
const YesNo = z.enum(['yes', 'no']);

type Form = PreferencesRequest['form'];

const answersOn = (form: Form, matter: 'email' | 'text', { topics }: Organisation): Readonly<Record<string, 'yes' | 'no'>> =>
  Object.fromEntries(topics.flatMap(({ id }): readonly (readonly [string, 'yes' | 'no'])[] => {
    const { data } = YesNo.safeParse(form[`${matter}-${id}`]);
    return data === undefined ? [] : [[id, data]];
  }));

/** A browser leaves an unchecked box out: it says no, on a form that showed the box. */
const wishesIn = (form: Form, organisation: Organisation): Wishes => ({
  email: answersOn(form, 'email', organisation),
  text: answersOn(form, 'text', organisation),
  stop: Object.fromEntries(stopScopes
    .filter((scope) => scope !== 'fundraising' || organisation.nppFundraisingStatement)
    .map((scope) => [scope, form[`stop-${scope}`] === 'yes'])),
  frequency: z.enum(frequencies).safeParse(form['frequency']).data,
  language: Language.safeParse(form['language']).data,
});

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

/**
 * Shows what a person may choose, and on a POST carries it out. A GET changes nothing; neither does a POST that does
 * not come from the form. The runs that a choice stops have ended when it is answered. The token is the only way in and cannot be guessed, so no other site can send the form.
 */
export const showPreferences = (ports: PreferencesPorts) => async ({ token, form }: PreferencesRequest, request: PageRequest): Promise<ApiAnswer> => {
  const { organisation, clock, contacts } = ports;
  const { contact } = await ports.readLink(token);
  const now = clock.now();
  const shown = request.method === 'POST' ? Shown.safeParse(form).data : undefined;
  const page = (record: ContactRecord, outcome: 'saved' | 'unchanged' | undefined): ApiAnswer => {
    const preferences = preferencesOf(record, organisation);
    // Who has just chosen a language reads on in it.
    const asked = outcome === 'saved' ? preferences.language ?? request.lang : request.lang;
    const language = languageOf({ asked, stored: preferences.language ?? record.fields.language, header: request.languages });
    return { status: 200, html: renderPreferences({ language, organisation, preferences, now, outcome }) };
  };
  if (shown === undefined) {
    const opened = await contacts.open(contact);
    if (opened === undefined) throw new SendwellError('link.invalid');
    return page(opened.record.open(), undefined);
  }
  let after: ContactRecord | undefined;
  const changed = await contacts.update(contact, (record) => {
    // Taken after the record was read, and so after the decision of each send that came first.
    const at = clock.now();
    after = applyWishes(record, wishesIn(form, organisation), {
      organisation, shownIn: shown['shown-in'], shownAt: earlier(shown.shown, at), now: at,
    });
    return after;
  });
  await ports.withdraw(contact);
  if (after === undefined) throw new SendwellError('link.invalid');
  return page(after, changed ? 'saved' : 'unchanged');
};
