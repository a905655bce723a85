import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../core/time.ts';
import type { Activity } from '../activity.ts';
import type { Answer, Asked, Served } from './http.ts';
import { serve } from './http.ts';
import { receiptNotification, sesEvent } from './mail-event.ts';
import type { MailEventType } from './mail-event.ts';
import { mailList, mailPage } from './mail-viewer.ts';

/** A mail as it was handed to the mail service. It holds PHI: addresses and bodies. */
export type Mail = {
  readonly messageId: string;
  readonly sentAt: Instant;
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string;
  readonly outcome: MailOutcome;
};

/** A mail from outside. */
export type ReceivedMail = { readonly from: string; readonly to: string; readonly subject: string; readonly text: string };

/** What becomes of a mail. A rejected one never leaves: the call fails with `MessageRejected`. */
export type MailOutcome = 'deliver' | 'bounce' | 'complain' | 'reject';

export type MailEngine = Served & {
  /** In the order of sending; rejected mails are not among them. */
  readonly mails: () => readonly Mail[];
  /** Says what becomes of mail to an address from now on. Unnamed addresses are delivered to. */
  readonly decide: (outcomeFor: (address: string) => MailOutcome) => void;
  /** Names the topic that takes the events of a configuration set. An empty list of types means every type. */
  readonly addDestination: (configurationSet: string, topicArn: string, types: readonly string[]) => void;
  /** Names the topic that is told of mail to these addresses. */
  readonly addReceiptRule: (recipients: readonly string[], topicArn: string) => void;
  /** Takes a mail from outside; false where no rule receives mail to that address, and it comes back to its sender. */
  readonly receive: (mail: ReceivedMail) => Promise<boolean>;
};

export type MailOptions = {
  readonly activity: Activity;
  readonly now: () => Instant;
  readonly publish: (topicArn: string, message: string) => Promise<void>;
  readonly observe: (what: 'sent' | 'rejected' | 'event') => void;
  /** Where mails are written, each as JSON and HTML; without it they live in memory. */
  readonly folder?: string;
  /** Default 0, any free port. */
  readonly port?: number;
};

type Content = { readonly Data?: string };
type SendEmail = {
  readonly FromEmailAddress?: string;
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly ReplyToAddresses?: readonly string[];
  readonly Content?: {
    readonly Simple?: {
      readonly Subject?: Content;
      readonly Body?: { readonly Text?: Content; readonly Html?: Content };
      readonly Headers?: readonly { readonly Name: string; readonly Value: string }[];
    };
  };
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
  readonly ConfigurationSetName?: string;
};

const named = (pairs: readonly { readonly Name: string; readonly Value: string }[] = []): Record<string, string> =>
  Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));

// The addresses of the SES mailbox simulator behave as they do on AWS.
const simulated: Readonly<Record<string, MailOutcome>> = {
  'success@simulator.amazonses.com': 'deliver',
  'bounce@simulator.amazonses.com': 'bounce',
  'complaint@simulator.amazonses.com': 'complain',
};

const eventsOf: Readonly<Record<Exclude<MailOutcome, 'reject'>, readonly MailEventType[]>> = {
  deliver: ['Send', 'Delivery'],
  bounce: ['Send', 'Bounce'],
  complain: ['Send', 'Delivery', 'Complaint'],
};

const plain = (type: string): string => type.toLowerCase().replaceAll('_', '');

const fault = (name: string, message: string, status = 400): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
  body: JSON.stringify({ message }),
});

const kept = (folder: string | undefined): Mail[] =>
  folder === undefined || !existsSync(folder) ? []
    : readdirSync(folder).filter((file) => file.endsWith('.json')).sort()
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Mail);

/** SES v2: takes mail, keeps it, publishes its events, and shows it at `GET /`. Nothing ever leaves the machine. */
export const startMail = async (options: MailOptions): Promise<MailEngine> => {
  const { activity, now, publish, observe, folder, port = 0 } = options;
  const mails = kept(folder);
  const destinations: { configurationSet: string; topicArn: string; types: readonly string[] }[] = [];
  const receiptRules: { recipients: readonly string[]; topicArn: string }[] = [];
  let outcomeFor = (address: string): MailOutcome => simulated[address] ?? 'deliver';

  const announce = async (mail: Mail): Promise<void> => {
    for (const type of mail.outcome === 'reject' ? [] : eventsOf[mail.outcome]) {
      for (const { configurationSet, topicArn, types } of destinations) {
        if (configurationSet !== mail.configurationSet) continue;
        if (types.length > 0 && !types.some((wanted) => plain(wanted) === plain(type))) continue;
        observe('event');
        await publish(topicArn, JSON.stringify(sesEvent(type, mail, now())));
      }
    }
  };

  const keep = (mail: Mail): void => {
    mails.push(mail);
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    const path = join(folder, String(mails.length).padStart(6, '0'));
    writeFileSync(`${path}.json`, JSON.stringify(mail, undefined, 2), { mode: 0o600 });
    writeFileSync(`${path}.html`, mail.html, { mode: 0o600 });
  };

  const send = (input: SendEmail): Answer => {
    const simple = input.Content?.Simple;
    const to = input.Destination?.ToAddresses ?? [];
    if (simple === undefined || to.length === 0 || input.FromEmailAddress === undefined) {
      return fault('BadRequestException', 'Simple content, a sender and a recipient are needed');
    }
    const outcomes = to.map((address) => outcomeFor(address));
    if (outcomes.includes('reject')) {
      observe('rejected');
      return fault('MessageRejected', 'Email address is not verified.');
    }
    const mail: Mail = {
      messageId: `${randomUUID()}-000000`,
      sentAt: now(),
      from: input.FromEmailAddress,
      to,
      replyTo: input.ReplyToAddresses ?? [],
      subject: simple.Subject?.Data ?? '',
      text: simple.Body?.Text?.Data ?? '',
      html: simple.Body?.Html?.Data ?? '',
      headers: named(simple.Headers),
      tags: named(input.EmailTags),
      configurationSet: input.ConfigurationSetName ?? '',
      outcome: outcomes.find((outcome) => outcome !== 'deliver') ?? 'deliver',
    };
    observe('sent');
    keep(mail);
    void activity.during(() => announce(mail));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ MessageId: mail.messageId }) };
  };

  // The frame that shows a mail inherits this policy, so a mail's pictures and links fetch nothing either.
  const page = (html: string): Answer => ({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    },
    body: html,
  });

  const answer = (asked: Asked): Answer => {
    const { pathname } = asked.url;
    if (asked.method === 'POST' && pathname === '/v2/email/outbound-emails') {
      return send(JSON.parse(asked.body) as SendEmail);
    }
    if (asked.method === 'GET' && pathname === '/') return page(mailList(mails));
    const mail = mails[Number(/^\/mail\/(\d+)$/u.exec(pathname)?.[1] ?? 0) - 1];
    if (asked.method === 'GET' && mail !== undefined) return page(mailPage(mail));
    return fault('NotFoundException', '', 404);
  };

  const served = await serve((asked) => Promise.resolve(answer(asked)), port);
  return {
    ...served,
    mails: () => mails,
    decide: (decided) => {
      outcomeFor = (address) => simulated[address] ?? decided(address);
    },
    addDestination: (configurationSet, topicArn, types) => {
      destinations.push({ configurationSet, topicArn, types });
    },
    addReceiptRule: (recipients, topicArn) => {
      receiptRules.push({ recipients, topicArn });
    },
    receive: async (mail) => {
      const rule = receiptRules.find(({ recipients }) => recipients.includes(mail.to.toLowerCase()));
      if (rule === undefined) return false;
      observe('event');
      await activity.during(() => publish(rule.topicArn, JSON.stringify(receiptNotification(mail, rule.topicArn, randomUUID(), now()))));
      return true;
    },
  };
};
