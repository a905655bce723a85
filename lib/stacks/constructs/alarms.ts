import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export type InvariantAlarmsProps = {
  readonly key: IKey;
  /** First word of the alarms' names. */
  readonly prefix: string;
  /** How often the figures are published. */
  readonly every: Duration;
};

type Watched = {
  /** Section of docs/runbook.md, and second part of the alarm's name. */
  readonly name: string;
  /** In the namespace `Sendwell`. */
  readonly metric: string;
  /** The first figure that alarms. */
  readonly from: number;
  readonly says: string;
};

/** A withdrawal must be honoured within 48 hours; this one alarms after a quarter of an hour. */
const watched: readonly Watched[] = [
  {
    name: 'withdrawal-overdue', metric: 'oldestWithdrawalSeconds', from: 900,
    says: 'A withdrawal of permission has waited for a quarter of an hour for its runs to end.',
  },
  { name: 'somebody-lost', metric: 'versionsWithSomebodyLost', from: 1, says: 'The counts of a journey version do not add up.' },
  { name: 'held-after-resumption', metric: 'enrolmentsHeldTooLong', from: 1, says: 'Runs are held back though their journey was resumed half an hour ago.' },
  { name: 'enrolments-overdue', metric: 'enrolmentsOverdue', from: 1, says: 'Enrolments are due for longer than two leases.' },
];

/** Alarms on what the check of the invariants publishes, and the topic that tells of them. */
export class InvariantAlarms extends Construct {
  constructor(scope: Construct, id: string, { key, prefix, every }: InvariantAlarmsProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    topic.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }));
    for (const { name, metric, from, says } of watched) {
      new Alarm(this, name, {
        alarmName: `${prefix}-${name}`,
        alarmDescription: `${says} See docs/runbook.md, ${name}.`,
        metric: new Metric({
          namespace: 'Sendwell', metricName: metric, statistic: 'Maximum',
          // Twice the pace, so that a check that comes a little late leaves no gap.
          period: Duration.seconds(2 * every.toSeconds()),
        }),
        threshold: from,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        // No figure means that nobody checks.
        treatMissingData: TreatMissingData.BREACHING,
      }).addAlarmAction(new SnsAction(topic));
    }
  }
}
