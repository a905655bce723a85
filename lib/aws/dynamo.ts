import { ConditionalCheckFailedException, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientFor, oncePer } from './runtime.ts';

export const documentClient = oncePer((runtime) =>
  DynamoDBDocumentClient.from(clientFor(runtime, (config) => new DynamoDBClient(config)), {
    marshallOptions: { removeUndefinedValues: true },
  }));

/** The item that stood in the way of a conditional write, or undefined where there was none. */
export type Refused = { readonly refused: true; readonly standing: Record<string, unknown> | undefined };

/**
 * Awaits a conditional write; its refusal is an expected outcome, so it is a value. The write must ask for
 * `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'` where `standing` is of use.
 */
export const unlessRefused = async <T>(write: Promise<T>, unmarshall: (item: never) => Record<string, unknown>) => {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const standing = error.Item === undefined ? undefined : unmarshall(error.Item as never);
    return { refused: true, standing } satisfies Refused;
  }
};

export const isRefused = (result: unknown): result is Refused =>
  typeof result === 'object' && result !== null && 'refused' in result;

/** Which parts of a cancelled transaction failed their condition, by position; rethrows any other cause. */
export const failedConditions = (error: unknown): readonly { index: number; item: Record<string, unknown> | undefined }[] => {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const failed = (error.CancellationReasons ?? []).flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [{ index, item: reason.Item }] : []);
  if (failed.length === 0) throw error;
  return failed;
};

/** Another transaction wrote one of the items at the same moment. */
export const isConflict = (error: unknown): boolean => error instanceof TransactionCanceledException
  && (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict');

/** Awaits a transaction whose conditions keep a repetition from taking effect; false where it took effect before. */
export const unlessRepeated = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    failedConditions(error);
    return false;
  }
};
