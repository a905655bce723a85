import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { Handed, Mail } from '../core/engine/send-store.ts';
import type { Runtime } from './runtime.ts';
import { clientFor } from './runtime.ts';

const quoted = (name: string): string => `"${name.replaceAll(/["\\\r\n]/gu, '')}"`;

/**
 * The page first, as RFC 8058 wants it, then the mailbox where there is one. The token stands in the subject: whoever
 * reads the mailbox posts to `/u/<token>`. A local part of 64 characters would be too short for it.
 */
const listUnsubscribe = (page: string, mailbox: string | undefined): string => {
  if (mailbox === undefined) return `<${page}>`;
  const token = page.slice(page.lastIndexOf('/') + 1);
  return `<${page}>, <mailto:${mailbox}?subject=unsubscribe%20${token}>`;
};

/** Opens PHI: the result goes to the mail service and nowhere else. */
export const mailParams = (configurationSet: string, mail: Mail): SendEmailCommandInput => {
  const { subject, text, html } = mail.content.open();
  return {
    FromEmailAddress: `${quoted(mail.sender.name)} <${mail.sender.address}>`,
    ReplyToAddresses: [mail.sender.replyTo],
    Destination: { ToAddresses: [mail.to.open()] },
    ConfigurationSetName: configurationSet,
    Content: {
      Simple: {
        Subject: { Data: subject, Charset: 'UTF-8' },
        Body: { Text: { Data: text, Charset: 'UTF-8' }, Html: { Data: html, Charset: 'UTF-8' } },
        ...(mail.unsubscribe === undefined ? {} : {
          Headers: [
            { Name: 'List-Unsubscribe', Value: listUnsubscribe(mail.unsubscribe, mail.unsubscribeMailbox) },
            { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          ],
        }),
      },
    },
    EmailTags: [
      { Name: 'contact', Value: mail.send.contact },
      { Name: 'enrolment', Value: mail.send.enrolment },
      { Name: 'step', Value: mail.send.step },
      { Name: 'leg', Value: String(mail.send.leg) },
    ],
  };
};

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/** Mail through Amazon SES v2, with the SDK's retries off: a repeated SendEmail is a second mail. */
export const mailer = (runtime: Runtime, configurationSet: string) => {
  const client = clientFor(runtime, (config) => new SESv2Client({ ...config, maxAttempts: 1 }));
  return {
    hand: async (mail: Mail): Promise<Handed> => {
      try {
        const sent = await client.send(new SendEmailCommand(mailParams(configurationSet, mail)));
        return sent.MessageId === undefined ? { kind: 'unknown' } : { kind: 'taken', messageId: sent.MessageId };
      } catch (error) {
        const status = statusOf(error);
        if (status !== undefined && status >= 400 && status < 500) return { kind: 'refused', throttled: status === 429 };
        return { kind: 'unknown' };
      }
    },
  };
};
