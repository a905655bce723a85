import type { Json } from './engines/workflow.ts';

type Invoke = (functionArn: string, event: unknown) => Promise<unknown>;

const optimized = 'arn:aws:states:::lambda:invoke';

/** What Step Functions reports of a failed Lambda task: the error's name, and its type and message as the cause. */
const failure = (error: unknown): Error => {
  const { name, message } = error instanceof Error ? error : new Error('Error');
  const failed = new Error(JSON.stringify({ errorType: name, errorMessage: message }));
  failed.name = name;
  return failed;
};

/**
 * Runs the resource of a Task state: a function's ARN, or the request/response integration `lambda:invoke`.
 *
 * @throws Error named as the function's error, for Retry and Catch to match.
 */
export const createTaskRunner = (invoke: Invoke) => async (resource: string, input: Json): Promise<Json> => {
  try {
    if (resource.startsWith('arn:aws:lambda:')) return await invoke(resource, input) as Json;
    if (resource !== optimized) throw new Error(`Task resource ${resource} is not supported`);
    const { FunctionName, Payload } = input as { FunctionName?: string; Payload?: Json };
    return { Payload: await invoke(String(FunctionName), Payload) as Json, StatusCode: 200 };
  } catch (error) {
    throw failure(error);
  }
};
