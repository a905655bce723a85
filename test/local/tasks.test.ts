import { expect, test } from 'vitest';
import { createTaskRunner } from '../../lib/local/tasks.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:greet';
const echo = createTaskRunner((functionArn, event) => Promise.resolve({ functionArn, event }));

test('a function\'s ARN as the resource takes the input and gives the result', async () => {
  expect(await echo(arn, { step: 'greet' })).toStrictEqual({ functionArn: arn, event: { step: 'greet' } });
});

test('lambda:invoke takes its payload and wraps its result', async () => {
  expect(await echo('arn:aws:states:::lambda:invoke', { FunctionName: arn, Payload: { step: 'greet' } }))
    .toStrictEqual({ Payload: { functionArn: arn, event: { step: 'greet' } }, StatusCode: 200 });
});

test('an integration that the local platform lacks is an error', async () => {
  await expect(echo('arn:aws:states:::sqs:sendMessage', {})).rejects.toThrow('not supported');
});

test('a failed task has the error\'s name, and its type and message as the cause', async () => {
  const failing = createTaskRunner(() => Promise.reject(Object.assign(new Error('contact.shredded'), { name: 'contact.shredded' })));
  await expect(failing(arn, {})).rejects.toThrow(expect.objectContaining({
    name: 'contact.shredded', message: '{"errorType":"contact.shredded","errorMessage":"contact.shredded"}',
  }));
});
