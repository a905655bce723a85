import * as z from 'zod';

import { DataClass } from './classes.ts';
import { State } from './state.ts';

const Clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u);

/** Local opening and closing time, `HH:MM`; the closing minute is outside. Equal times leave the day closed. */
export const Window = z.tuple([Clock, Clock]).refine(([open, close]) => open <= close);
export type Window = z.infer<typeof Window>;

/** Windows of one state by weekday; `*` is for the days that have no row of their own. */
const Week = z.strictObject({
  '*': Window.optional(),
  mon: Window.optional(),
  tue: Window.optional(),
  wed: Window.optional(),
  thu: Window.optional(),
  fri: Window.optional(),
  sat: Window.optional(),
  sun: Window.optional(),
});
export type Week = z.infer<typeof Week>;

/** So many messages at most in so many seconds. */
const Caps = z.array(z.tuple([z.int().min(0), z.number().positive()]));

/** One key of the policy: its default, and what the law would allow without it. */
const key = <S extends z.ZodType>(schema: S, byDefault: z.output<S>, law: string) =>
  schema.prefault(byDefault as never).meta({ law });

const flag = (byDefault: boolean, law: string) => key(z.boolean(), byDefault, law);
const classes = (byDefault: readonly DataClass[], law: string) => key(z.array(DataClass), [...byDefault], law);

const evenings: Week = { '*': ['08:00', '20:00'] };

/**
 * What a tenant may set. A tenant's values replace the defaults key by key; a key that is not listed here makes the
 * whole policy unreadable. `law` tells what the law alone would allow, the furthest a key may be loosened.
 */
export const Policy = z.strictObject({
  honor_any_revocation: flag(
    true,
    'Of an authorization, a revocation in writing alone (45 CFR 164.508(b)(5)); of text consent, any',
  ),
  revocation_sweeps: flag(true, 'A revocation reaches its own form alone'),
  reauthorize_when_representation_ends: flag(true, "A representative's signature holds until expiry or revocation"),
  complaint_blocks_all: flag(true, 'A complaint bars no message about care'),
  require_verified_address: flag(true, 'Reasonable safeguards (45 CFR 164.530(c))'),
  minor_marketing_allowed: flag(false, "With the representative's authorization (45 CFR 164.502(g)(3))"),
  allow_third_party_lists: flag(false, 'CAN-SPAM lets lists be bought'),
  part2_require_consent_for_own_program: flag(
    true,
    'A program and its service organization may talk without consent (42 CFR 2.12(c))',
  ),
  sms_allowed_content: classes([], 'Reasonable safeguards; date, time and place of an appointment are commonly texted'),
  subject_allowed_classes: classes(['contact_info'], 'Reasonable safeguards (45 CFR 164.530(c))'),
  sensitive_content_classes: classes(
    [
      'behavioral_health',
      'genetic',
      'gender_affirming_care',
      'hiv_sti',
      'lab_result',
      'psychotherapy_notes',
      'reproductive_health',
      'sud_counseling_notes',
      'sud_part2',
    ],
    'Encrypted email may carry such data, within state law',
  ),
  unencrypted_preference_allowed: flag(true, 'A warned person may choose unencrypted email (78 FR 5634)'),
  health_education_is_commercial: flag(true, 'Content that promotes nothing is not commercial (15 USC 7702(2))'),
  paid_refill_is_commercial: flag(true, 'Arguably transactional (15 USC 7702(17))'),
  require_one_click: flag(true, 'No law asks for it; mailbox providers do (RFC 8058)'),
  require_opt_in_consumer: flag(true, 'CAN-SPAM asks for an opt-out alone'),
  chd_states: key(
    z.union([z.literal('ALL'), z.array(State)]),
    'ALL',
    'Washington and Nevada for use and sharing; elsewhere the privacy act of the state',
  ),
  complaint_rate_stop: key(z.number().min(0), 0.003, 'No law; mailbox providers stop streams at this rate'),
  sms_window: key(
    Window,
    ['08:00', '21:00'],
    'From 8:00 to 21:00 inclusive, solicitations alone (47 CFR 64.1200(c)(1))',
  ),
  sms_state_windows: key(
    z.partialRecord(State, Week),
    {
      CT: { '*': ['09:00', '20:00'] },
      FL: evenings,
      MD: evenings,
      OK: evenings,
      TX: { '*': ['09:00', '21:00'], sun: ['12:00', '21:00'] },
      WA: evenings,
    },
    'The same hours, for solicitations alone; more states may have them',
  ),
  email_commercial_window: key(Window.nullable(), null, 'No law sets hours for email'),
  caps_email_commercial: key(
    Caps,
    [
      [1, 86_400],
      [3, 604_800],
    ],
    'No law sets a number',
  ),
  caps_sms: key(
    Caps,
    [
      [1, 86_400],
      [3, 604_800],
    ],
    'Three solicitations in 24 hours in Florida and Oklahoma (Fla. Stat. 501.616)',
  ),
});
export type Policy = z.infer<typeof Policy>;

export const defaults: Policy = Policy.parse({});
