import { expect, test } from 'vitest';
import { mailParams } from '../../lib/aws/mail.ts';
import { Phi } from '../../lib/core/phi.ts';
import { contactId } from '../fixtures/contact.ts';

const mail = (unsubscribe: string | undefined, unsubscribeMailbox?: string) => mailParams('set', {
  to: new Phi('ada@example.test'), sender: { name: 'Plan', address: 'plan@example.test', replyTo: 'help@example.test' },
  content: new Phi({ subject: 's', text: 't', html: 'h' }), unsubscribe, unsubscribeMailbox,
  send: { contact: contactId(1), enrolment: `e_${'0'.repeat(26)}`, step: 'invite', leg: 0 },
}).Content?.Simple?.Headers;

test('a mail that is not commercial has no header to unsubscribe', () => {
  expect(mail(undefined, 'out@example.test')).toBeUndefined();
});

test('a commercial mail names the page of one press', () => {
  expect(mail('https://m.example/u/tok')).toEqual([
    { Name: 'List-Unsubscribe', Value: '<https://m.example/u/tok>' }, { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
  ]);
});

test('with a mailbox it names that too, with the token in the subject', () => {
  expect(mail('https://m.example/u/tok', 'out@example.test')?.[0])
    .toEqual({ Name: 'List-Unsubscribe', Value: '<https://m.example/u/tok>, <mailto:out@example.test?subject=unsubscribe%20tok>' });
});
