import type { Usage } from '../meter.ts';
import type { Walk } from './walk.ts';

/** What one contact uses of one thing. `goal` is what the platform is designed for, where there is such a figure. */
export type UnitLine = { readonly unit: string; readonly perContact: number; readonly goal: number | null };

type Counts = Readonly<Record<string, number>>;

const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0);

const over = (counts: Counts, by: number): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / by]));

const without = (counts: Counts, names: ReadonlySet<string>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([name]) => !names.has(name)));

/**
 * The part of a usage that the contacts caused. Time that jumps makes a sweeper look through all that it jumped over,
 * as it never does on AWS, so what the scheduled functions read and wrote is left out, with their invocations; of their
 * requests to queues, the messages with what is due stay.
 *
 * @param scheduled Functions that a schedule invokes.
 * @param idle What one invocation of any of them uses while nobody is due.
 */
export const causedByContacts = (usage: Usage, scheduled: readonly { readonly name: string; readonly idle: Usage }[]): Usage => {
  const names = new Set(scheduled.map(({ name }) => name));
  const units = { read: usage.dynamo.read, write: usage.dynamo.write };
  const sqs = { ...usage.sqs };
  for (const { name, idle } of scheduled) {
    units.read -= usage.dynamoBy[name]?.read ?? 0;
    units.write -= usage.dynamoBy[name]?.write ?? 0;
    for (const [operation, count] of Object.entries(idle.sqs)) {
      sqs[operation] = (sqs[operation] ?? 0) - count * (usage.invocations[name] ?? 0);
    }
  }
  return { ...usage, dynamo: units, sqs, invocations: without(usage.invocations, names) };
};

/** Units per contact, in the order of the path through the services. */
export const unitLines = (usage: Usage, { contacts, sends, sendDecrypts }: Pick<Walk, 'contacts' | 'sends' | 'sendDecrypts'>): readonly UnitLine[] => {
  const line = (unit: string, total: number, goal: number | null = null, by = contacts): UnitLine =>
    ({ unit, perContact: by === 0 ? 0 : total / by, goal });
  return [
    line('state transitions', usage.stateTransitions, 16),
    line('executions', usage.executions, 4),
    line('Lambda invocations', sum(usage.invocations), 8),
    line('write units', usage.dynamo.write, 45),
    line('read units', usage.dynamo.read, 22),
    line('KMS requests', sum(usage.kms)),
    line('KMS Decrypt a send', sendDecrypts, 1, sends),
    line('SES sends', usage.ses.sent),
    line('SQS requests', sum(usage.sqs)),
    line('SNS publications', usage.sns),
  ];
};

/** Invocations per contact by function, the most frequent first. */
export const invocationsPerContact = (usage: Usage, contacts: number): readonly { readonly function: string; readonly perContact: number }[] =>
  Object.entries(over(usage.invocations, contacts))
    .map(([name, perContact]) => ({ function: name, perContact }))
    .sort((one, other) => other.perContact - one.perContact);
