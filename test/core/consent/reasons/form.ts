import type { Message } from '../../../../lib/core/consent/message.ts';
import { appeal, drug, formWith, ownService, paid, patient, reminder, text, using } from '../builders.ts';
import { textConsent } from '../forms.ts';
import type { Case } from './case.ts';

const diagnosed = using({ segment: ['diagnosis'] });
const refill = (changes: Partial<Message> = {}): Message =>
  reminder({ purpose: 'refill_reminder', promotions: [drug()], ...changes });

export const form = {
  FUNDRAISING_CLASS_NOT_PERMITTED: {
    name: 'a diagnosis does not choose donors',
    contact: patient(),
    message: appeal({ phi: diagnosed }),
  },
  STATE_CA_CMIA_MARKETING: {
    name: 'in California a refill reminder at cost is marketing',
    contact: patient({ state: 'CA' }),
    message: refill({ promotions: [drug({ remuneration: paid({ amount_cents: 100 }) })] }),
  },
  MINIMUM_NECESSARY: {
    name: 'a security notice carries no health data',
    contact: patient(),
    message: reminder({ purpose: 'account_security', phi: using({ content: ['medication'] }) }),
  },
  DECEPTIVE_HEADERS: {
    name: 'the headers of a reminder are truthful too',
    contact: patient(),
    message: reminder({ form: formWith({ truthful_headers: false }) }),
  },
  POSTAL_ADDRESS_MISSING: {
    name: 'an appeal shows a postal address',
    contact: patient(),
    message: appeal({ form: formWith({ physical_address: false }) }),
  },
  UNSUBSCRIBE_MISSING: {
    name: 'commercial email shows how to unsubscribe',
    contact: patient(),
    message: ownService({ form: formWith({ visible_unsubscribe: false }) }),
  },
  ONE_CLICK_MISSING: {
    name: 'commercial email carries the header of one-click unsubscribe',
    contact: patient(),
    message: ownService({ form: formWith({ one_click_unsubscribe: false }) }),
  },
  STREAM_COMPLAINT_RATE: {
    name: 'a stream with three complaints in a thousand stops',
    contact: patient(),
    message: ownService({ stream: { complaint_rate: 0.003 } }),
  },
  TIME_ZONE_UNKNOWN: {
    name: 'no text goes to a person whose local time is unknown',
    contact: patient({ time_zone: null, consents: [textConsent()] }),
    message: text(),
  },
  QUIET_HOURS: {
    name: 'a text at nine in the evening waits for eight in the morning',
    contact: patient({ consents: [textConsent()] }),
    message: text(),
    now: '2026-04-03T01:00:00Z',
    retryAt: '2026-04-03T12:00:00Z',
  },
  FREQUENCY_CAP: {
    name: 'a second text within a day waits until the day is over',
    contact: patient({
      consents: [textConsent()],
      send_history: [{ at: '2026-04-01T16:00:01Z', channel: 'sms', commercial: false }],
    }),
    message: text(),
    retryAt: '2026-04-02T16:00:01Z',
  },
} satisfies Record<string, Case>;
