import { failStep } from '../../lib/core/journey/reserved.ts';
import type { Catcher, Parameters, Resource, Retrier, Task } from '../asl.ts';

/** The states that every machine has beside those of its steps. No step is called so: ids are lower-case. */
export const own = {
  enter: 'Enter',
  unknownStep: 'Unknown step',
  parked: 'Parked',
  failEnrolment: 'Fail enrolment',
  failed: 'Failed',
} as const;

/** What the states of one version share. */
export type Version = { readonly journey: string; readonly version: number };

/** Lambda's own errors of a passing kind, and the code that functions throw when a service they call throttles. */
const throttling: Retrier = {
  ErrorEquals: [
    'Lambda.TooManyRequestsException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException',
    'Lambda.SdkClientException', 'Throttled',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 3,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};

/** A function that parked or closed the enrolment, or found it claimed by another burst, ends this one in peace. */
const burstOver: Catcher = { ErrorEquals: ['BurstOver'], Next: own.parked };

const parameters = ({ journey, version }: Version, step: string): Parameters => ({
  journey,
  version,
  step,
  'from.$': '$.step',
  'contact.$': '$.contact',
  'enrolment.$': '$.enrolment',
  'outcome.$': '$.outcome',
  'seq.$': '$.seq',
  'leg.$': '$.leg',
});

/** A state that calls a function for a step. The function's result is the whole next payload. */
export const task = (version: Version, step: string, resource: Resource, next: string | undefined): Task => ({
  Type: 'Task',
  Resource: resource,
  Parameters: parameters(version, step),
  Retry: [throttling],
  Catch: [burstOver, { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: own.failEnrolment }],
  ...(next === undefined ? { End: true } : { Next: next }),
});

/** The task that closes an enrolment which failed; where that fails too, the lease on the enrolment runs out. */
export const failTask = (version: Version, resource: Resource): Task => ({
  ...task(version, failStep, resource, own.failed),
  Catch: [burstOver, { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: own.failed }],
});
