import { Aws } from 'aws-cdk-lib';
import { env } from '../../aws/env.ts';
import { permit } from './grant.ts';
import type { Grant } from './grant.ts';

/** At most 80 characters, which holds for a prefix of eight and a version of nine digits. */
export const machineName = (prefix: string, journey: string, version: number): string =>
  `${prefix}-${journey}-v${version}`;

/**
 * Starts executions of the deployment's machines. Functions know the prefix of the ARNs alone, so publishing a journey
 * changes no function, and the stack of the machines may refer to the functions.
 */
export const startMachines = (prefix: string): Grant => {
  const arnPrefix = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${prefix}-`;
  return {
    statements: [permit(['states:StartExecution'], [`${arnPrefix}*`])],
    environment: { [env.machinePrefix]: arnPrefix },
    acknowledge: [{
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:${prefix}-*]`,
      reason: 'The machines of this deployment, one for each journey version, all begin with this name.',
    }],
  };
};
