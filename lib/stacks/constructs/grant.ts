import type { Acknowledgment } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { EnvName } from '../../aws/env.ts';

/** What a function may do with one resource, together with the variables by which it finds that resource. */
export type Grant = {
  readonly statements: readonly PolicyStatement[];
  readonly environment?: Readonly<Partial<Record<EnvName, string>>>;
  /** Findings that the statements cannot do without, each with its reason. */
  readonly acknowledge?: readonly Acknowledgment[];
  /** The function opens wrapped keys, so its role stands on the path that the vault key trusts. */
  readonly opensVault?: true;
};

/** Conditions by operator, then by key, as IAM writes them. */
export type Conditions = Record<string, Record<string, string | string[]>>;

export const permit = (
  actions: readonly string[],
  resources: readonly string[],
  conditions: Conditions = {},
): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources], conditions });
