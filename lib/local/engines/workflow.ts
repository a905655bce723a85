import { StateMachine } from 'aws-local-stepfunctions';
import type { Activity } from '../activity.ts';
import type { Served } from './http.ts';
import { serve } from './http.ts';
import { AwsFault, awsJson } from './protocol.ts';
import type { Input } from './protocol.ts';

type Definition = ConstructorParameters<typeof StateMachine>[0];
type State = Definition['States'][string];
export type Json = Parameters<StateMachine['run']>[0];

/** One step of an execution, with what Step Functions would keep in its history. */
export type HistoryEvent = {
  readonly type: string;
  readonly state?: string;
  readonly input?: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
};

export type Execution = {
  readonly arn: string;
  readonly machine: string;
  readonly name: string;
  readonly input: string;
  readonly startedAt: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  output?: string;
  error?: string;
  cause?: string;
  stoppedAt?: number;
  readonly history: HistoryEvent[];
};

export type WorkflowEngine = Served & {
  /**
   * The definition is not validated again: what the compiler emits passed its checks before it was synthesized.
   *
   * @param definition The machine's ASL as text, substitutions filled in.
   */
  readonly createMachine: (name: string, arn: string, definition: string) => void;
  /** Oldest first. */
  readonly executions: () => readonly Execution[];
};

export type WorkflowOptions = {
  readonly activity: Activity;
  /** Epoch milliseconds of the virtual clock. */
  readonly now: () => number;
  /** Runs the resource of a Task; an error's name is what Retry and Catch see. */
  readonly runTask: (resource: string, input: Json) => Promise<Json>;
  readonly observe: (what: 'execution' | 'transition') => void;
  /** Executions kept, the oldest forgotten first. Default 20 000. */
  readonly keep?: number;
};

type Overrides = NonNullable<NonNullable<Parameters<StateMachine['run']>[1]>['overrides']>;
type Machine = { readonly arn: string; readonly asl: StateMachine; readonly overrides: Overrides };

const eventLimit = 500;

/** The machine's name in the ARN of a machine, of one of its versions, or of an execution. */
export const machineNameOf = (arn: string): string => arn.split(':')[6] ?? arn;

const taskStates = (definition: Definition): [string, Extract<State, { Type: 'Task' }>][] =>
  Object.entries(definition.States).flatMap(([name, state]) => (state.Type === 'Task' ? [[name, state]] : []));

/**
 * Step Functions over an ASL interpreter, for the calls that the platform makes. A machine's Task states run through
 * {@link WorkflowOptions.runTask}. Retry pauses and native waits take no time.
 */
export const startWorkflow = async (options: WorkflowOptions): Promise<WorkflowEngine> => {
  const { activity, now, runTask, observe, keep = 20_000 } = options;
  const machines = new Map<string, Machine>();
  const executions = new Map<string, Execution>();

  const machineOf = (input: Input): Machine => {
    const machine = machines.get(machineNameOf(String(input['stateMachineArn'])));
    if (machine === undefined) throw new AwsFault('StateMachineDoesNotExist', 'State machine does not exist');
    return machine;
  };
  const executionOf = (input: Input): Execution => {
    const execution = executions.get(String(input['executionArn']));
    if (execution === undefined) throw new AwsFault('ExecutionDoesNotExist', 'Execution does not exist');
    return execution;
  };

  const overridesOf = (definition: Definition): Overrides => ({
    taskResourceLocalHandlers: Object.fromEntries(
      taskStates(definition).map(([name, state]) => [name, (input: Json) => runTask(state.Resource, input)])),
    retryIntervalOverrides: Object.fromEntries(taskStates(definition).map(([name]) => [name, 0])),
    waitTimeOverrides: Object.fromEntries(
      Object.entries(definition.States).flatMap(([name, state]) => (state.Type === 'Wait' ? [[name, 0]] : []))),
  });

  const follow = async (execution: Execution, events: ReturnType<StateMachine['run']>['eventLogs']): Promise<void> => {
    for await (const event of events) {
      if (event.type === 'StateEntered' || event.type === 'StateRetried') observe('transition');
      if (execution.history.length >= eventLimit) continue;
      execution.history.push({
        type: event.type,
        ...('state' in event ? { state: event.state.name, input: event.state.input } : {}),
        ...('state' in event && event.state.output !== undefined ? { output: event.state.output } : {}),
        ...('input' in event ? { input: event.input } : {}),
        ...('output' in event ? { output: event.output } : {}),
        ...('Error' in event ? { error: event.Error, cause: String(event.Cause) } : {}),
      });
    }
  };

  const run = async (machine: Machine, execution: Execution): Promise<void> => {
    const { result, eventLogs } = machine.asl.run(JSON.parse(execution.input) as Json, {
      overrides: machine.overrides,
      context: {
        Execution: { Id: execution.arn, Name: execution.name },
        StateMachine: { Id: machine.arn, Name: machineNameOf(machine.arn) },
      },
    });
    const followed = follow(execution, eventLogs);
    try {
      execution.output = JSON.stringify(await result);
      execution.status = 'SUCCEEDED';
    } catch (error) {
      execution.status = 'FAILED';
      await followed;
      const last = execution.history.findLast((event) => event.type === 'ExecutionFailed');
      execution.error = last?.error ?? (error instanceof Error ? error.name : 'States.Runtime');
      execution.cause = last?.cause ?? '';
    }
    await followed;
    execution.stoppedAt = now();
  };

  const start = (input: Input): object => {
    const machine = machineOf(input);
    const name = String(input['name'] ?? crypto.randomUUID());
    const text = String(input['input'] ?? '{}');
    const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = executions.get(arn);
    if (known !== undefined) {
      if (known.input !== text || known.status !== 'RUNNING') {
        throw new AwsFault('ExecutionAlreadyExists', 'Execution already exists');
      }
      return { executionArn: arn, startDate: known.startedAt / 1000 };
    }
    const execution: Execution = {
      arn, machine: machineNameOf(machine.arn), name, input: text, startedAt: now(), status: 'RUNNING', history: [],
    };
    executions.set(arn, execution);
    for (const oldest of executions.keys()) {
      if (executions.size <= keep) break;
      executions.delete(oldest);
    }
    observe('execution');
    void activity.during(() => run(machine, execution));
    return { executionArn: arn, startDate: execution.startedAt / 1000 };
  };

  const shown = (execution: Execution): object => ({
    executionArn: execution.arn,
    stateMachineArn: machines.get(execution.machine)?.arn,
    name: execution.name,
    status: execution.status,
    startDate: execution.startedAt / 1000,
    ...(execution.stoppedAt === undefined ? {} : { stopDate: execution.stoppedAt / 1000 }),
  });

  const served = await serve(awsJson('1.0', {
    StartExecution: start,
    DescribeExecution: (input) => {
      const execution = executionOf(input);
      const { output, error, cause } = execution;
      return { ...shown(execution), input: execution.input, output, error, cause };
    },
    ListExecutions: (input) => {
      const machine = machineNameOf(machineOf(input).arn);
      const from = Number(input['nextToken'] ?? 0);
      const limit = Number(input['maxResults'] ?? 100);
      const all = [...executions.values()]
        .filter((one) => one.machine === machine)
        .filter((one) => input['statusFilter'] === undefined || one.status === input['statusFilter'])
        .toReversed();
      const next = from + limit < all.length ? { nextToken: String(from + limit) } : {};
      return { executions: all.slice(from, from + limit).map(shown), ...next };
    },
  }));

  return {
    ...served,
    createMachine: (name, arn, text) => {
      const definition = JSON.parse(text) as Definition;
      const asl = new StateMachine(definition, { validationOptions: { noValidate: true } });
      machines.set(name, { arn, asl, overrides: overridesOf(definition) });
    },
    executions: () => [...executions.values()],
  };
};
