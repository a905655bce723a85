import { Aws } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { PlatformFunction } from './function.ts';
import { permit } from './grant.ts';

/** Invokes a function again and again. A tick that could not be delivered is dropped: the next one does its work. */
export class Tick extends Construct {
  constructor(scope: Construct, id: string, target: PlatformFunction, every: Duration) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [permit(['lambda:InvokeFunction'], [target.lambda.functionArn])],
    });
    const schedule = new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(every),
      target: new LambdaInvoke(target.lambda, { role: role.withoutPolicyUpdates(), retryAttempts: 0, maxEventAge: every }),
    });
    schedule.node.addDependency(policy);
  }
}
