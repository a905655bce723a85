import type { Role } from './cast.ts';
import { createRandom } from '../../core/random.ts';

/** What a patient does about a mail, and how long after it came. */
export type Deed =
  | { readonly kind: 'click'; readonly link: RegExp; readonly afterSeconds: number }
  /** A mail gateway follows every link on arrival. */
  | { readonly kind: 'scan'; readonly afterSeconds: number }
  | { readonly kind: 'portal' | 'unsubscribe' | 'revoke'; readonly afterSeconds: number };

/** A mail that reached somebody, by the step that sent it. */
export type Arrived = { readonly source: string; readonly step: string };

const hour = 3600;
const day = 24 * hour;

const links = { webinar: /webinar/u, enroll: /choose|confirm/iu, more: /changes|compare/iu, program: /program|group/iu } as const;

/** Two of five do nothing; who clicks does so minutes or hours after the mail. */
const clickOnPlan = (arrived: Arrived, seed: number): readonly Deed[] => {
  const random = createRandom(seed, `${arrived.source}/${arrived.step}`);
  const draw = random.next();
  const afterSeconds = random.between(4 * 60, 30 * hour);
  if (arrived.step !== 'invite') return draw < 0.4 ? [{ kind: 'click', link: links.enroll, afterSeconds }] : [];
  if (draw < 0.2) return [{ kind: 'click', link: links.webinar, afterSeconds }];
  if (draw < 0.45) return [{ kind: 'click', link: links.enroll, afterSeconds }];
  return draw < 0.6 ? [{ kind: 'click', link: links.more, afterSeconds }] : [];
};

type Script = { readonly [R in Role]?: readonly Deed[] };

/** By step, then by role. */
const scripted: Readonly<Record<string, Script>> = {
  invite: {
    portal: [{ kind: 'portal', afterSeconds: 2 * day + 3 * hour }],
    unsubscribes: [{ kind: 'unsubscribe', afterSeconds: day + 2 * hour }],
    scanned: [{ kind: 'scan', afterSeconds: 2 }],
    bounces: [],
  },
  'second-mail': {
    revokes: [{ kind: 'revoke', afterSeconds: 3 * day + 5 * hour }],
  },
  offer: {
    joins: [{ kind: 'click', link: links.program, afterSeconds: 6 * hour + 1200 }],
  },
};

/** A form that a patient signs on its page. */
export type Signing = { readonly form: string; readonly afterSeconds: number };

/** What a patient signs without any mail, from the enrolment on: between the offer that was refused and the next mail. */
export const signings = (role: Role | undefined): readonly Signing[] =>
  (role === 'revokes' ? [{ form: 'partner-programs', afterSeconds: 2 * day + 4 * hour }] : []);

const planSteps: readonly string[] = ['invite', 'follow-up', 'remind'];

/** The script of one patient for one mail. The same seed, patient and step give the same deeds. */
export const deedsOn = (arrived: Arrived, role: Role | undefined, seed: number): readonly Deed[] => {
  const deeds = role === undefined ? undefined : scripted[arrived.step]?.[role];
  if (deeds !== undefined) return deeds;
  return planSteps.includes(arrived.step) ? clickOnPlan(arrived, seed) : [];
};
