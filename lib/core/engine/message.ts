import { defaults } from '../consent/policy.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { RecentSend } from '../contact/store.ts';
import { stopLinkOf } from '../link/stop.ts';
import type { Plan } from '../journey/plan.ts';
import type { Organisation } from '../organisation.ts';

/** The address a mail goes to: the contact's first e-mail address of its own. */
export const addressOf = (record: ContactRecord) =>
  record.standing.addresses.find(({ channel, holder }) => channel === 'email' && holder === 'individual');

const weekly = [1, 7 * 86_400] as const;

/**
 * The policy for a contact: the organisation's, and the person's own wish for fewer messages on top. A policy that
 * cannot be read stays as it is, and the engine denies.
 */
export const policyFor = (record: ContactRecord, { policy }: Pick<Organisation, 'policy'>): Readonly<Record<string, unknown>> => {
  const wish = (record.choices ?? []).findLast(({ matter }) => matter === 'frequency')?.value;
  const caps = policy['caps_email_commercial'] ?? defaults.caps_email_commercial;
  return wish === 'weekly' && Array.isArray(caps) ? { ...policy, caps_email_commercial: [...(caps as readonly unknown[]), [...weekly]] } : policy;
};

/** What the consent engine judges the contact by. */
export const contactFor = (contact: string, record: ContactRecord, recent: readonly RecentSend[]) => ({
  contact_id: contact,
  ...record.standing,
  send_history: recent.map(({ at, channel, commercial }) => ({ at, channel, commercial })),
});

/**
 * CAN-SPAM's commercial mail, taken widely: any promotion at all, marketing, fundraising, or health education. Such a
 * mail carries the unsubscribe link and headers, 15 USC 7704(a)(5) and RFC 8058, also where the consent table would
 * spare it.
 */
export const isCommercial = (plan: Plan): boolean => stopLinkOf(plan) !== undefined;

/**
 * What the consent engine judges the message by. TLS is required by the configuration set, for every mail.
 *
 * @param complaintRate Of all commercial mail, 0 to 1.
 */
export const messageFor = (plan: Plan, organisation: Organisation, messageId: string, addressId: string, complaintRate: number) => {
  const commercial = isCommercial(plan);
  return {
    message_id: messageId,
    journey_id: plan.journey,
    channel: 'email',
    to_address_id: addressId,
    addressee: 'individual',
    addressee_record_id: null,
    purpose: plan.message.purpose,
    topic: plan.message.topic,
    sender: {
      entity_id: organisation.entityId,
      entity_type: organisation.entityType,
      part2_program: organisation.part2Program,
      npp_fundraising_statement: organisation.nppFundraisingStatement,
      platform_agreement: organisation.platformAgreement,
    },
    data_origin: 'covered_entity_records',
    phi: {
      content: [...plan.message.content],
      detected_in_content: [],
      subject: [...plan.message.subject],
      segment: [...plan.message.segment],
      inferred: [],
      service_items: [],
      claimed_deidentified: false,
    },
    promotions: plan.message.promotions,
    third_parties: [],
    form: {
      truthful_headers: true,
      physical_address: true,
      visible_unsubscribe: commercial,
      one_click_unsubscribe: commercial,
      // The link of such a mail stops fundraising, and so does the header, 164.514(f)(2)(ii).
      fundraising_opt_out: plan.message.purpose === 'fundraising',
      ca_remuneration_notice: false,
    },
    delivery: { encryption: 'tls_required' },
    stream: { complaint_rate: complaintRate },
  };
};
