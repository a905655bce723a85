import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

/**
 * A mail that reveals more than contact details tells nobody that it was opened: who opens it, when and where, would be
 * one more fact about the patient's health.
 */
export const opens: Check = ({ document: { opens: declared, message } }) => {
  const more = [...new Set([...message.content, ...message.subject])].filter((dataClass) => dataClass !== 'contact_info');
  if (declared === undefined || more.length === 0) return [];
  return [finding('journey.opens-revealing', 'opens', `the messages reveal ${more.join(', ')}`)];
};
