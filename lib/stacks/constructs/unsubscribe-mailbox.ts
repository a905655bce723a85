import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ReceiptRule, ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Stop } from 'aws-cdk-lib/aws-ses-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { WorkQueue } from './queue.ts';
import { leadInto } from './topic-queue.ts';

export type UnsubscribeMailboxProps = { readonly key: IKey; readonly mailbox: string };

/**
 * Receives mail to the unsubscribe mailbox. The rule stops there and tells of the mail's headers alone: a notification of
 * any action but SNS carries no content, so a body is stored nowhere. Nothing is answered and nothing bounces.
 *
 * A receipt rule set works once it is made the active one of its Region, by hand; see the runbook.
 */
export class UnsubscribeMailbox extends Construct {
  readonly mails: WorkQueue;

  constructor(scope: Construct, id: string, { key, mailbox }: UnsubscribeMailboxProps) {
    super(scope, id);
    const deadLetters = new WorkQueue(this, 'DeadLetters', { key });
    this.mails = new WorkQueue(this, 'Mails', { key, deadLetters, consumerTimeout: Duration.minutes(1) });
    const topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    leadInto(this, 'Subscription', topic, this.mails, deadLetters);
    const rules = new ReceiptRuleSet(this, 'Rules');
    const told = topic.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: {
          'aws:SourceArn': Stack.of(this).formatArn({ service: 'ses', resource: 'receipt-rule-set', resourceName: `${rules.receiptRuleSetName}:receipt-rule/*` }),
        },
      },
    }));
    const rule = new ReceiptRule(this, 'Rule', {
      ruleSet: rules,
      recipients: [mailbox],
      tlsPolicy: TlsPolicy.REQUIRE,
      scanEnabled: true,
      actions: [new Stop({ topic })],
    });
    // SES tries the topic when the rule is made.
    if (told.policyDependable !== undefined) rule.node.addDependency(told.policyDependable);
  }
}
