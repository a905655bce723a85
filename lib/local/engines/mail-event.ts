import type { Instant } from '../../core/time.ts';
import type { Mail, ReceivedMail } from './mail.ts';

export type MailEventType = 'Send' | 'Delivery' | 'Bounce' | 'Complaint';

type Details = { readonly [T in MailEventType]: (mail: Mail, at: Instant) => object };

const details: Details = {
  Send: () => ({ send: {} }),
  Delivery: (mail, at) => ({
    delivery: {
      timestamp: at,
      processingTimeMillis: 0,
      recipients: mail.to,
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'local',
    },
  }),
  Bounce: (mail, at) => ({
    bounce: {
      feedbackId: `${mail.messageId}-bounce`,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: mail.to.map((emailAddress) =>
        ({ emailAddress, action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' })),
      timestamp: at,
      reportingMTA: 'local',
    },
  }),
  Complaint: (mail, at) => ({
    complaint: {
      feedbackId: `${mail.messageId}-complaint`,
      complaintSubType: null,
      complainedRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
      timestamp: at,
      userAgent: 'local',
      complaintFeedbackType: 'abuse',
      arrivalDate: at,
    },
  }),
};

/**
 * An event as SES publishes it to a topic.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const sesEvent = (type: MailEventType, mail: Mail, at: Instant): object => ({
  eventType: type,
  mail: {
    timestamp: mail.sentAt,
    source: mail.from,
    sendingAccountId: '000000000000',
    messageId: mail.messageId,
    destination: mail.to,
    headersTruncated: false,
    headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.messageId, subject: mail.subject },
    tags: {
      'ses:configuration-set': [mail.configurationSet],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  },
  ...details[type](mail, at),
});

const passed = { status: 'PASS' };

/**
 * What SES tells a topic of a mail that a receipt rule stopped at. Without an SNS action it has no content.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export const receiptNotification = ({ from, to, subject }: Omit<ReceivedMail, 'text'>, topicArn: string, messageId: string, at: Instant): object => ({
  notificationType: 'Received',
  mail: {
    timestamp: at,
    source: from,
    messageId,
    destination: [to],
    headersTruncated: false,
    headers: [{ name: 'From', value: from }, { name: 'To', value: to }, { name: 'Subject', value: subject }],
    commonHeaders: { returnPath: from, from: [from], to: [to], messageId: `<${messageId}>`, subject },
  },
  receipt: {
    timestamp: at,
    processingTimeMillis: 0,
    recipients: [to],
    spamVerdict: passed, virusVerdict: passed, spfVerdict: passed, dkimVerdict: passed, dmarcVerdict: passed,
    action: { type: 'Stop', topicArn },
  },
});
