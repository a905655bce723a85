import type { Instant } from '../core/time.ts';
import type { Parts } from './template/parts.ts';

export type Tick = {
  readonly functionArn: string;
  /** Whether it comes every minute; the others come once a day, or when asked for. */
  readonly minutely: boolean;
  readonly input: string;
};

/** The enabled schedules of the templates, in their order. */
export const readTicks = (parts: Parts): readonly Tick[] =>
  parts.Schedule
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map(({ properties: { ScheduleExpression, Target } }) => ({
      functionArn: Target.Arn,
      minutely: /^rate\(1 minute\)$/u.test(ScheduleExpression),
      input: Target.Input ?? '{}',
    }));

/** The event of a tick. EventBridge Scheduler writes its time in place of a marker, in whole seconds. */
export const tickEvent = (tick: Tick, now: Instant): unknown =>
  JSON.parse(tick.input.replaceAll('<aws.scheduler.scheduled-time>', now.replace(/\.\d{3}Z$/u, 'Z')));
