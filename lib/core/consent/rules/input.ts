import type { Contact, Address } from '../contact.ts';
import { Contact as ContactSchema } from '../contact.ts';
import { parseInstant, type EpochMs } from '../civil.ts';
import { compileGuard } from '../guard.ts';
import { Message } from '../message.ts';
import { type Purpose } from '../purpose.ts';
import type { Rule } from '../rule.ts';

/** A contact, a message and an instant that passed every check on form. */
export type Input = {
  readonly contact: Contact;
  readonly message: Message;
  readonly address: Address;
  readonly now: EpochMs;
};

const isContact = compileGuard(ContactSchema);
const isMessage = compileGuard(Message);

const promoting = new Set<Purpose>(['refill_reminder', 'own_service_info', 'plan_benefit_info', 'marketing']);
const plain = new Set<Purpose>(['legal_notice', 'account_security', 'emergency_safety']);

const fitsPurpose = ({ purpose, promotions }: Message): boolean =>
  promotions.length > 0 ? !plain.has(purpose) : !promoting.has(purpose);

/**
 * Reads the input of a decision; null when any of it is missing, unknown or contradicts itself: the receiving address
 * must be there once and of the channel of the message, all but prospects have a birth date, and the promotions suit
 * the purpose. Values of lists that no rule compares with a code (form purposes, channels, topics) may be any text.
 */
export const readInput = (contact: unknown, message: unknown, now: unknown): Input | null => {
  const at = typeof now === 'string' ? parseInstant(now) : Number.NaN;
  if (Number.isNaN(at) || !isContact(contact) || !isMessage(message)) return null;
  if (contact.birth_date === null && contact.relationship !== 'prospect') return null;
  const [address, ...others] = contact.addresses.filter((one) => one.address_id === message.to_address_id);
  if (address === undefined || others.length > 0 || address.channel !== message.channel) return null;
  return fitsPurpose(message) ? { contact, message, address, now: at } : null;
};

/** The row that stands for unreadable input. Facts exist only once input was read, so with facts it never matches. */
export const inputInvalid: Rule = {
  code: 'INPUT_INVALID',
  kind: 'policy',
  cite: 'policy: what cannot be classified is not sent',
  when: () => false,
};

export const input: readonly Rule[] = [
  inputInvalid,
  {
    code: 'UNSUPPORTED_PURPOSE',
    kind: 'policy',
    cite: 'policy; 45 CFR 164.512(i)',
    when: ({ message }) => message.purpose === 'research_recruitment',
  },
];
