import type { EpochMs } from './civil.ts';
import { type ClassSet, classSet, union } from './classes.ts';
import {
  type ClassedPromotion,
  classOfMessage,
  classOfPromotion,
  isCommercial,
  isPaid,
  type MessageClass,
} from './classify.ts';
import type { Address, Contact } from './contact.ts';
import type { Message } from './message.ts';
import type { Policy } from './policy.ts';
import type { Settings } from './settings.ts';
import { isMinorAt } from './when.ts';

/** What the table asks of a contact and a message at one instant, worked out once before its first rule. */
export type Facts = {
  readonly contact: Contact;
  readonly message: Message;
  readonly now: EpochMs;
  readonly settings: Settings;
  readonly policy: Policy;
  readonly address: Address;
  /** In the HIPAA lane; otherwise in the consumer lane. */
  readonly hipaa: boolean;
  readonly content: ClassSet;
  readonly subject: ClassSet;
  /** Classes that chose the readers: segment and inferred. */
  readonly selection: ClassSet;
  readonly used: ClassSet;
  readonly promotions: readonly ClassedPromotion[];
  readonly class: MessageClass;
  readonly marketing: boolean;
  readonly commercial: boolean;
  readonly fundraising: boolean;
  readonly minor: boolean;
  /** Ids of the third parties for whose receiving PHI an authorization must speak. */
  readonly partners: readonly string[];
};

/**
 * Works out the facts of a message to one of the contact's addresses. An inferred class counts as the class itself, and
 * in the HIPAA lane the relationship to the sender counts as used, since being on its list tells (45 CFR 160.103).
 */
export const derive = (
  contact: Contact,
  message: Message,
  address: Address,
  now: EpochMs,
  settings: Settings,
): Facts => {
  const { phi, sender } = message;
  const prospect = contact.relationship === 'prospect' && message.data_origin !== 'covered_entity_records';
  const hipaa = sender.entity_type !== 'non_covered' && !prospect;
  const content = union(classSet(phi.content), classSet(phi.detected_in_content));
  const subject = classSet(phi.subject);
  const selection = union(classSet(phi.segment), classSet(phi.inferred));
  const promotions = message.promotions.map((promotion) => ({
    promotion,
    class: classOfPromotion(promotion, contact, message, now),
    paid: isPaid(promotion),
  }));
  const messageClass = classOfMessage(message, promotions);
  const marketing = messageClass === 'marketing' || messageClass === 'marketing_paid';
  return {
    contact,
    message,
    now,
    settings,
    policy: settings.policy,
    address,
    hipaa,
    content,
    subject,
    selection,
    used: union(content, subject, selection, classSet(hipaa ? ['patient_relationship'] : [])),
    promotions,
    class: messageClass,
    marketing,
    commercial: isCommercial(message, promotions, settings.policy),
    fundraising: message.purpose === 'fundraising',
    minor: isMinorAt(contact, now),
    partners: message.third_parties
      .filter(
        ({ role, receives_phi: receives }) => receives && (role === 'partner' || (role === 'health_plan' && marketing)),
      )
      .map((party) => party.entity_id),
  };
};

/** The promotions that make the message marketing; all of them when none does by itself. */
export const marketedPromotions = ({ promotions }: Facts): readonly ClassedPromotion[] => {
  const marketed = promotions.filter(
    (promotion) => promotion.class === 'marketing' || promotion.class === 'marketing_paid',
  );
  return marketed.length > 0 ? marketed : promotions;
};
