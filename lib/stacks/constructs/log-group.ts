import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * A log group under the customer-managed key. Logs carry codes and ids and live one year; the record that must last
 * six years is the ledger, 45 CFR 164.316(b)(2)(i).
 *
 * @param name only where a service dictates how the name begins
 * @default name chosen by CloudFormation, so deployments of one account do not collide
 */
export const encryptedLogGroup = (scope: Construct, id: string, key: IKey, name?: string): LogGroup =>
  new LogGroup(scope, id, {
    encryptionKey: key,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(name === undefined ? {} : { logGroupName: name }),
  });
