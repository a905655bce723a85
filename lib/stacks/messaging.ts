import { Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, EmailSendingEvent, EventDestination, Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { env } from '../aws/env.ts';
import { permit } from './constructs/grant.ts';
import type { Grant } from './constructs/grant.ts';
import { WorkQueue } from './constructs/queue.ts';
import { leadInto } from './constructs/topic-queue.ts';
import { UnsubscribeMailbox } from './constructs/unsubscribe-mailbox.ts';

export type MessagingProps = StackProps & {
  readonly key: IKey;
  readonly sendingDomain: string;
  /** The mailbox whose mail is received here; without it none is. */
  readonly unsubscribeMailbox: string | undefined;
};

/** Mail leaves over TLS or not at all; what becomes of it comes back through a topic into a queue. */
export class Messaging extends Stack {
  readonly mailEvents: WorkQueue;
  /** Mail to the unsubscribe mailbox, its headers alone; undefined where it is not received here. */
  readonly unsubscribeMails: WorkQueue | undefined;
  readonly configurationSet: ConfigurationSet;
  readonly #identity: EmailIdentity;

  constructor(scope: Construct, id: string, props: MessagingProps) {
    super(scope, id, props);
    const { key } = props;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      sendingEnabled: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.#identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(props.sendingDomain),
      configurationSet: this.configurationSet,
      dkimSigning: true,
      // Bounces arrive as events; SES would mail them to the sender in the clear.
      feedbackForwarding: false,
    });
    const deadLetters = new WorkQueue(this, 'MailEventsDeadLetters', { key });
    this.mailEvents = new WorkQueue(this, 'MailEvents', { key, deadLetters, consumerTimeout: Duration.minutes(1) });
    this.unsubscribeMails = props.unsubscribeMailbox === undefined ? undefined
      : new UnsubscribeMailbox(this, 'UnsubscribeMailbox', { key, mailbox: props.unsubscribeMailbox }).mails;
    this.#route(new Topic(this, 'MailEventsTopic', { masterKey: key, enforceSSL: true }), deadLetters);
  }

  /** Sends as the deployment's own identity, through the configuration set that requires TLS. */
  allowSend(): Grant {
    const { configurationSetName } = this.configurationSet;
    const set = this.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSetName });
    return {
      statements: [permit(['ses:SendEmail'], [this.#identity.emailIdentityArn, set])],
      environment: { [env.configurationSet]: configurationSetName },
    };
  }

  #route(topic: Topic, deadLetters: WorkQueue): void {
    // No open and no click events: nothing tracks how a patient reads. No send events: what becomes of a mail tells that it
    // was taken, and one event less for each mail is a publication, a message and a read less.
    this.configurationSet.addEventDestination('Events', {
      destination: EventDestination.snsTopic(topic),
      events: [
        EmailSendingEvent.REJECT, EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    leadInto(this, 'MailEventsSubscription', topic, this.mailEvents, deadLetters);
  }
}
