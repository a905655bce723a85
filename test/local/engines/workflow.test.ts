import {
  DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createActivity } from '../../../lib/local/activity.ts';
import type { Activity } from '../../../lib/local/activity.ts';
import { startWorkflow } from '../../../lib/local/engines/workflow.ts';
import type { Json, WorkflowEngine } from '../../../lib/local/engines/workflow.ts';

const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:greeting-v1';
const definition = {
  StartAt: 'enter',
  States: {
    enter: {
      Type: 'Choice',
      Choices: [{ Variable: '$.step', StringEquals: 'greet', Next: 'greet' }],
      Default: 'unknown',
    },
    greet: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:greet',
      Retry: [{ ErrorEquals: ['Throttled'], MaxAttempts: 2, IntervalSeconds: 600 }],
      Catch: [
        { ErrorEquals: ['BurstOver'], Next: 'over' },
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'failed' },
      ],
      Next: 'pause',
    },
    pause: { Type: 'Wait', Seconds: 300, Next: 'done' },
    done: { Type: 'Succeed' },
    over: { Type: 'Pass', Result: { outcome: 'over' }, End: true },
    failed: { Type: 'Fail', Error: 'StepFailed' },
    unknown: { Type: 'Fail', Error: 'UnknownStep' },
  },
};

let engine: WorkflowEngine;
let client: SFNClient;
let activity: Activity;
let observed: string[];
let task: (input: Json) => Promise<Json>;

beforeEach(async () => {
  observed = [];
  activity = createActivity();
  task = (input) => Promise.resolve(input);
  engine = await startWorkflow({
    activity,
    now: () => 1_800_000_000_000,
    runTask: (_, input) => task(input),
    observe: (what) => observed.push(what),
  });
  engine.createMachine('greeting-v1', machine, JSON.stringify(definition));
  client = new SFNClient({
    endpoint: engine.url, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await engine.stop();
});

const start = (name: string, input: object = { step: 'greet' }, stateMachineArn = machine) =>
  client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));

const outcome = async (name: string, input?: object) => {
  const { executionArn } = await start(name, input);
  await activity.idle();
  return client.send(new DescribeExecutionCommand({ executionArn }));
};

const failing = (name: string, times: number) => {
  let left = times;
  return (input: Json): Promise<Json> => {
    left -= 1;
    return left < 0 ? Promise.resolve(input) : Promise.reject(Object.assign(new Error('no'), { name }));
  };
};

test('an execution runs through choice, task and wait to its end', async () => {
  expect(await outcome('e-1')).toMatchObject({ status: 'SUCCEEDED', output: '{"step":"greet"}' });
});

test('an execution starts and stops on the virtual clock', async () => {
  const { startDate, stopDate } = await outcome('e-1');
  expect([startDate, stopDate]).toStrictEqual([new Date('2027-01-15T08:00:00Z'), new Date('2027-01-15T08:00:00Z')]);
});

test('every state entered is a transition', async () => {
  await outcome('e-1');
  expect(observed).toStrictEqual(['execution', 'transition', 'transition', 'transition', 'transition']);
});

test('a retry is a transition more, and takes no time', async () => {
  task = failing('Throttled', 1);
  await outcome('e-1');
  expect(observed.filter((what) => what === 'transition')).toHaveLength(5);
});

test('a task\'s error is caught by its name', async () => {
  task = failing('BurstOver', 1);
  expect(await outcome('e-1')).toMatchObject({ status: 'SUCCEEDED', output: '{"outcome":"over"}' });
});

test('any other error goes where States.ALL leads', async () => {
  task = failing('consent.unknown', 1);
  expect(await outcome('e-1')).toMatchObject({ status: 'FAILED', error: 'StepFailed' });
});

test('a step that the machine does not know fails with its code', async () => {
  expect(await outcome('e-1', { step: 'elsewhere' })).toMatchObject({ status: 'FAILED', error: 'UnknownStep' });
});

test('the same name and input while it runs is the same execution', async () => {
  const gate = Promise.withResolvers<Json>();
  task = () => gate.promise;
  const first = await start('e-1');
  const second = await start('e-1');
  expect(second.executionArn).toBe(first.executionArn);
  gate.resolve({});
  await activity.idle();
  expect(observed.filter((what) => what === 'execution')).toHaveLength(1);
});

test('the same name with another input is refused', async () => {
  await start('e-1');
  await expect(start('e-1', { step: 'greet', other: true }))
    .rejects.toThrow(expect.objectContaining({ name: 'ExecutionAlreadyExists' }));
});

test('the name of an execution that ended is refused, as Step Functions does', async () => {
  await outcome('e-1');
  await expect(start('e-1')).rejects.toThrow(expect.objectContaining({ name: 'ExecutionAlreadyExists' }));
});

test('an unknown machine is refused', async () => {
  await expect(start('e-1', {}, `${machine}0`)).rejects.toThrow(expect.objectContaining({ name: 'StateMachineDoesNotExist' }));
});

test('executions are listed by status, the newest first', async () => {
  await outcome('e-1');
  await outcome('e-2', { step: 'elsewhere' });
  await outcome('e-3');
  const listed = await client.send(new ListExecutionsCommand({ stateMachineArn: machine, statusFilter: 'SUCCEEDED' }));
  expect(listed.executions?.map((one) => one.name)).toStrictEqual(['e-3', 'e-1']);
});

test('the history keeps inputs and outputs of every state', async () => {
  await outcome('e-1');
  const [execution] = engine.executions();
  expect(execution?.history).toContainEqual(
    { type: 'StateExited', state: 'greet', input: { step: 'greet' }, output: { step: 'greet' } });
});
