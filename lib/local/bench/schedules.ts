import { localAccount } from '../engines/messages.ts';
import type { Usage } from '../meter.ts';
import { costOf } from '../report/cost.ts';
import { readAssembly } from '../template/assembly.ts';
import { functionArn, kinds } from '../template/identity.ts';
import { functionMetadata, readParts } from '../template/parts.ts';
import { createResolver } from '../template/resolve.ts';

export type Scheduled = { readonly function: string; readonly everyMinutes: number };

/** What a schedule costs as long as the platform stands, whatever the number of contacts. */
export type ScheduleLine = Scheduled & {
  /** Of one invocation while nobody is due. */
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly sqsRequests: number;
  /** Of invocations and units together, at list price. */
  readonly dollarsPerMinute: number;
  /** In 30 days. */
  readonly dollarsPerMonth: number;
};

const minutesPerMonth = 30 * 24 * 60;

/** Minutes between two ticks of `rate(15 minutes)`. */
export const minutesOf = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/u.exec(expression) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`${expression} is no rate`);
  return Number(count) * { minute: 1, hour: 60, day: 1440 }[unit as 'minute' | 'hour' | 'day'];
};

/** The functions that the templates invoke on a schedule. */
export const readScheduled = (folder: string): readonly Scheduled[] => {
  const assembly = readAssembly(folder);
  const parts = readParts(assembly, createResolver(assembly, kinds((name) => name), localAccount));
  const names = new Map(parts.Function.map(({ place, metadata }) => [functionArn(place), String(metadata[functionMetadata])]));
  return parts.Schedule.map(({ properties: { ScheduleExpression, Target } }) =>
    ({ function: names.get(Target.Arn) ?? Target.Arn, everyMinutes: minutesOf(ScheduleExpression) }));
};

export const scheduleLine = ({ function: name, everyMinutes }: Scheduled, idle: Usage): ScheduleLine => {
  // Per million of what it is divided by: here, per million ticks.
  const perTick = costOf(idle, 1).standardDollars / 1e6;
  return {
    function: name,
    everyMinutes,
    readUnits: idle.dynamo.read,
    writeUnits: idle.dynamo.write,
    sqsRequests: Object.values(idle.sqs).reduce((total, count) => total + count, 0),
    dollarsPerMinute: perTick / everyMinutes,
    dollarsPerMonth: perTick / everyMinutes * minutesPerMonth,
  };
};
