import type { Usage } from '../meter.ts';
import { assumptions, prices } from './prices.ts';

export type CostLine = {
  readonly service: string;
  readonly unit: string;
  /** Units that the run used. */
  readonly used: number;
  readonly perContact: number;
  readonly dollarsPerMillion: number;
};

export type Cost = {
  /** Contacts that the units are divided by. */
  readonly contacts: number;
  readonly lines: readonly CostLine[];
  /** Per million contacts, with every machine STANDARD. */
  readonly standardDollars: number;
  /** Per million contacts, with every machine EXPRESS. */
  readonly expressDollars: number;
};

const apiFunctions: ReadonlySet<string> = new Set([
  'put-contacts', 'record-consent', 'record-event', 'request-enrolment', 'read-report', 'read-timeline', 'follow-link',
  'unsubscribe',
]);

const sum = (counts: Readonly<Record<string, number>>, counted: (name: string) => boolean = () => true): number =>
  Object.entries(counts).reduce((total, [name, count]) => total + (counted(name) ? count : 0), 0);

type Item = readonly [service: string, unit: string, used: number, price: number, machines: 'STANDARD' | 'EXPRESS' | 'both'];

const itemsOf = (usage: Usage): readonly Item[] => {
  const invocations = sum(usage.invocations);
  const { functionGigabytes, functionSeconds, executionGigabytes, executionSeconds } = assumptions;
  return [
    ['Step Functions', 'STANDARD transitions', usage.stateTransitions, prices.standardTransition, 'STANDARD'],
    ['Step Functions', 'EXPRESS executions', usage.executions,
      prices.expressRequest + executionGigabytes * executionSeconds * prices.expressGigabyteSecond, 'EXPRESS'],
    ['Lambda', 'invocations', invocations,
      prices.lambdaRequest + functionGigabytes * functionSeconds * prices.lambdaGigabyteSecond, 'both'],
    ['DynamoDB', 'write units', usage.dynamo.write, prices.dynamoWrite, 'both'],
    ['DynamoDB', 'read units', usage.dynamo.read, prices.dynamoRead, 'both'],
    ['KMS', 'requests', sum(usage.kms), prices.kmsRequest, 'both'],
    ['SES', 'mails', usage.ses.sent, prices.mail, 'both'],
    ['SQS', 'requests', sum(usage.sqs), prices.sqsRequest, 'both'],
    ['SNS', 'publications', usage.sns, prices.snsPublication, 'both'],
    ['API Gateway', 'requests', sum(usage.invocations, (name) => apiFunctions.has(name)), prices.apiRequest, 'both'],
  ];
};

/** What this usage costs at list price, for a million contacts who do as these contacts did. */
export const costOf = (usage: Usage, contacts: number): Cost => {
  const per = Math.max(contacts, 1);
  const items = itemsOf(usage);
  const total = (machines: 'STANDARD' | 'EXPRESS'): number =>
    items.reduce((dollars, [, , used, price, on]) => dollars + (on === 'both' || on === machines ? (used * price * 1e6) / per : 0), 0);
  return {
    contacts,
    lines: items.map(([service, unit, used, price]) =>
      ({ service, unit, used, perContact: used / per, dollarsPerMillion: (used * price * 1e6) / per })),
    standardDollars: total('STANDARD'),
    expressDollars: total('EXPRESS'),
  };
};
