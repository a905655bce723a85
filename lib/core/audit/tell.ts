import { unread } from '../engine/send.ts';
import type { Explanation } from './explain.ts';
import type { Outcome } from './receipt.ts';
import type { ChainFault, Verdict } from './verify.ts';

const outcomeWords: { readonly [O in Outcome]: string } = {
  SENT: 'sent', UNKNOWN: 'handed over without an answer, so nobody knows whether it left', REFUSED: 'not sent',
  DEFERRED: 'put off',
  DELIVERED: 'delivered', BOUNCED: 'came back',
};

const minute = (instant: string): string => `${instant.slice(0, 10)} at ${instant.slice(11, 19)} UTC`;

const headline = ({ send, sent, waitsUntil }: Explanation): string =>
  (waitsUntil !== null ? `${send}: this message was put off until ${minute(waitsUntil)} and is judged again then.` : `${send}: ${sent === null ? 'it is not known whether this message was sent' : sent ? 'this message was sent' : 'this message was not sent'}.`);

const reliedOn = ({ relied }: Explanation): readonly string[] => (relied.length === 0
  ? ['Records:  none; no record of this person spoke for it or against it']
  : relied.map(({ id, evidenceHash }) => `Record:   ${id}${evidenceHash === null ? '' : `, evidence ${evidenceHash}`}`));

const checkedAgainst = ({ consentVersion, contact }: Explanation): string => (consentVersion === unread
  ? `before anything of ${contact} was read` : `against version ${consentVersion} of the consent of ${contact}`);

const judgedAs = ({ consentVersion, message }: Explanation): string => (consentVersion === unread
  ? 'not judged' : `judged as ${message.messageClass ?? 'nothing that could be read'}`);

/** The explanation for a person to read, a fact a line. */
export const tellWhy = (explanation: Explanation): string => {
  const { reason, basis, message, digests, course, messageId } = explanation;
  return [
    headline(explanation),
    '',
    `Why:      ${reason.words}`,
    `Rule:     ${reason.code} (${reason.cite})`,
    ...basis.map(({ code, words, cite }) => `Basis:    ${words}: ${code} (${cite})`),
    ...reliedOn(explanation),
    `Checked:  ${minute(explanation.checkedAt)}, ${checkedAgainst(explanation)}`,
    '',
    `Journey:  ${message.journey}, version ${message.version} (${message.versionHash}), step ${message.step}`,
    `Template: ${message.template} (${message.templateHash})`,
    `Purpose:  ${message.purpose}, ${judgedAs(explanation)}`,
    `Digests:  ${Object.entries(digests).sort().map(([name, digest]) => `${name} ${digest}`).join(', ')}`,
    ...(explanation.sameRules ? [] : ['Note:     another edition of the rules made this decision; the rule is cited from the present one']),
    ...(messageId === null ? [] : [`Mail id:  ${messageId}`]),
    '',
    ...course.map(({ outcome, at, receipt, hash, putOff }) => {
      const how = putOff === undefined ? '' : ` until ${minute(putOff.until)}: ${putOff.reason}. ${putOff.words}`;
      return `${minute(at)}: ${outcomeWords[outcome]}${how} (receipt ${receipt}, ${hash})`;
    }),
  ].join('\n');
};

const faultWords: { readonly [K in ChainFault['kind']]: string } = {
  changed: 'was changed', missing: 'is missing', reordered: 'is out of order', repeated: 'stands there twice',
};

/** What the check found, for a person to read. */
export const tellVerdict = (verdict: Verdict): string => (verdict.whole
  ? `The chain is whole: ${verdict.count} receipts, ending with ${verdict.end.hash}.`
  : `The chain is broken: receipt ${verdict.fault.day}/${verdict.fault.position} ${faultWords[verdict.fault.kind]}.`);
