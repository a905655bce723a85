/**
 * The part of Amazon States Language that journeys compile to: JSONPath with trivial paths, four of its state types, no
 * literals in the data but constants of the definition. Whatever is not here is not emitted.
 */

/** The task functions, named by placeholder: deployment fills in ARNs, the local platform fills in functions. */
export const tasks = {
  send: '${SendMessage}',
  park: '${ParkEnrolment}',
  choose: '${ChooseBranch}',
  addToSegment: '${AddToSegment}',
  close: '${CloseEnrolment}',
  handOver: '${HandOver}',
} as const;
export type Resource = (typeof tasks)[keyof typeof tasks];

export type Retrier = {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly JitterStrategy: 'FULL';
};

export type Catcher = {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: '$.error';
  readonly Next: string;
};

/** Constants of the definition, and paths into the payload. */
export type Parameters = Readonly<Record<string, string | number>>;

type TaskBase = {
  readonly Type: 'Task';
  readonly Resource: Resource;
  readonly Parameters: Parameters;
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
};
export type Task = TaskBase & ({ readonly Next: string } | { readonly End: true });

export type ChoiceRule = {
  readonly Variable: '$.step' | '$.outcome';
  readonly StringEquals: string;
  readonly Next: string;
};
export type Choice = { readonly Type: 'Choice'; readonly Choices: readonly ChoiceRule[]; readonly Default: string };

export type Succeed = { readonly Type: 'Succeed' };
export type Fail = { readonly Type: 'Fail'; readonly Error: string };

export type State = Task | Choice | Succeed | Fail;
export type States = Readonly<Record<string, State>>;

export type Asl = {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: States;
};
