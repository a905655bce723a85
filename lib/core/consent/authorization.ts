import { neededParties, neededPurposes, needs } from './authorization-needs.ts';
import { parseInstant } from './civil.ts';
import { base, classSet, minus, within } from './classes.ts';
import type { DenyCode } from './codes.ts';
import type { Facts } from './derive.ts';
import { hasExpiry, isExpired } from './expiration.ts';
import { candidates, covers, isSwept, type Lookup, lookUp } from './lookup.ts';
import type { HipaaAuthorization } from './records.ts';
import { isBlocked, isRepresenting, onlyRecord, wasDocumentedBy } from './representative.ts';
import type { Check, Kind } from './rule.ts';
import { isMinorAt, occurred } from './when.ts';
import { oneYearAfter } from './turns.ts';

const isIncomplete = (form: HipaaAuthorization, { now }: Facts): boolean => {
  const { information, disclosers, recipients, purposes, signature } = form;
  return (
    !information.described ||
    [information.classes, disclosers, recipients, purposes].some((list) => list.length === 0) ||
    !hasExpiry(form.expiration) ||
    !occurred(now, signature.signed_at) ||
    (signature.signer === 'personal_representative' && !signature.representative_authority?.trim())
  );
};

const lacksAuthority = ({ signature }: HipaaAuthorization, facts: Facts): boolean => {
  const { signed_at: signedAt, signer, representative_id: id } = signature;
  if (signedAt === null) return true;
  if (signer === 'individual') return isMinorAt(facts.contact, parseInstant(signedAt));
  const representative = onlyRecord(facts.contact.personal_representatives, id);
  return (
    representative === null ||
    !wasDocumentedBy(representative, signedAt, facts) ||
    isBlocked(representative, facts) ||
    (facts.policy.reauthorize_when_representation_ends && !isRepresenting(representative, facts))
  );
};

/** California: its own form, and a year at most unless the person asked for longer. Texas: a form for disclosure. */
const failsStateForm = ({ state_form: stateForm, signature }: HipaaAuthorization, facts: Facts): boolean => {
  const { state, time_zone: zone } = facts.contact;
  if (state === 'TX') return facts.partners.length > 0 && !stateForm.tx_181_154;
  if (state !== 'CA') return false;
  if (!stateForm.ca_56_11 || signature.signed_at === null) return true;
  return !stateForm.ca_longer_term_requested && facts.now >= oneYearAfter(zone, parseInstant(signature.signed_at));
};

const check = (
  code: DenyCode,
  kind: Kind,
  cite: string,
  fails: Check<HipaaAuthorization>['fails'],
): Check<HipaaAuthorization> => ({ code, kind, cite, fails });

/** What makes an authorization valid, 45 CFR 164.508(b)(2) and (c), and then whether it reaches this message. */
export const authorizationChecks: readonly Check<HipaaAuthorization>[] = [
  check('AUTH_REVOKED', 'both', '45 CFR 164.508(b)(2)(iii), (b)(5)', isSwept),
  check('AUTH_EXPIRED', 'law', '45 CFR 164.508(b)(2)(i)', ({ expiration }, facts) => isExpired(expiration, facts)),
  check('AUTH_INCOMPLETE', 'law', '45 CFR 164.508(b)(2)(ii), (c)(1)', isIncomplete),
  check(
    'AUTH_STATEMENT_MISSING',
    'law',
    '45 CFR 164.508(c)(2)-(3)',
    ({ statements: { right_to_revoke, how_to_revoke, conditioning, redisclosure }, plain_language }) =>
      !(right_to_revoke && how_to_revoke && conditioning && redisclosure && plain_language),
  ),
  check('AUTH_COMPOUND', 'law', '45 CFR 164.508(b)(2)(iv), (b)(3)', ({ combined_with: others }) =>
    others.some((other) => other !== 'hipaa_authorization'),
  ),
  check('AUTH_CONDITIONED', 'law', '45 CFR 164.508(b)(2)(iv), (b)(4)', (form) => form.conditioned_on.length > 0),
  check('AUTH_FALSE_INFORMATION', 'law', '45 CFR 164.508(b)(2)(v)', (form) => form.known_false),
  check('AUTH_SIGNER_AUTHORITY', 'both', '45 CFR 164.508(c)(1)(vi), 164.502(g)', lacksAuthority),
  check(
    'AUTH_REMUNERATION_STATEMENT_MISSING',
    'law',
    '45 CFR 164.508(a)(3)(ii)',
    ({ statements }, { promotions }) => !statements.remuneration && promotions.some(({ paid }) => paid),
  ),
  check(
    'AUTH_SCOPE_DISCLOSER',
    'law',
    '45 CFR 164.508(a)(1), (c)(1)(ii)',
    ({ disclosers }, { message }) => !disclosers.includes(message.sender.entity_id),
  ),
  check(
    'AUTH_SCOPE_PARTNER',
    'law',
    '45 CFR 164.508(c)(1)(iii)-(iv)',
    (form, facts) => !covers(form.recipients, facts.partners) || !covers(form.promoted_parties, neededParties(facts)),
  ),
  check(
    'AUTH_SCOPE_PURPOSE',
    'law',
    '45 CFR 164.508(c)(1)(iv)',
    ({ purposes }, facts) => !covers(purposes, neededPurposes(facts)),
  ),
  check(
    'AUTH_SCOPE_DATA_CLASS',
    'law',
    '45 CFR 164.508(c)(1)(i)',
    ({ information }, { used }) => !within(minus(used, base), classSet(information.classes)),
  ),
  check(
    'AUTH_SCOPE_CHANNEL',
    'both',
    '45 CFR 164.508(a)(1)',
    ({ channels }, { message }) => !channels.includes(message.channel),
  ),
  check('AUTH_STATE_FORM', 'law', 'Cal. Civ. Code 56.11; Tex. Health & Safety Code 181.154', failsStateForm),
];

const exempt = new Set(['legal_notice', 'account_security', 'emergency_safety']);

/** The authorization that carries the message; null when none is needed, as always outside HIPAA. */
export const findAuthorization = (facts: Facts): Lookup<HipaaAuthorization> | null => {
  if (!facts.hipaa || exempt.has(facts.message.purpose)) return null;
  const need = needs.find(({ when }) => when(facts));
  if (need === undefined) return null;
  const found = lookUp(candidates(facts, 'hipaa_authorization'), 'AUTH_MISSING', authorizationChecks, facts);
  if ('record' in found || need.code === null) return found;
  return { denial: { reason: need.code, evidence: found.denial.evidence } };
};
