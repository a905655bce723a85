import { Aws, CustomResource, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { permit } from './constructs/grant.ts';
import { encryptedLogGroup } from './constructs/log-group.ts';
import { machineName } from './constructs/machines.ts';
import type { Engine } from './engine.ts';

/** One version of a journey, compiled. */
export type JourneyVersion = {
  readonly journey: string;
  /** From 1. */
  readonly version: number;
  /** What the handlers read; stored as it is. */
  readonly plan: object;
  /** By name. */
  readonly templates: object;
  /** JSONPath state machine with the placeholders of {@link Engine.tasks}. */
  readonly definition: object;
  /** Deployed, and not entered until somebody publishes it. */
  readonly draft?: true;
};

export type JourneysProps = StackProps & {
  readonly prefix: string;
  readonly key: IKey;
  readonly engine: Engine;
  readonly versions: readonly JourneyVersion[];
  /** What the handlers read; stored as they are, beside the versions. */
  readonly segments: readonly object[];
  /** The API events that are declared; stored as they are, too. */
  readonly events: readonly object[];
  /** Names of the journeys whose machines are EXPRESS. */
  readonly express: readonly string[];
};

/** The type of the resource that puts a version's plan and templates, the segments and the events, into the Journeys table. */
export const journeyResource = 'Custom::SendwellJourney';

/** A row of the table holds plan and templates, and DynamoDB takes rows of at most 400 kB. */
const rowLimitBytes = 390_000;

/** One machine and one published row for each journey version. Both stay when a version is taken out of the app. */
export class Journeys extends Stack {
  readonly #props: JourneysProps;
  readonly #role: Role;
  readonly #policy: ManagedPolicy;
  readonly #logs: ILogGroup;

  constructor(scope: Construct, id: string, props: JourneysProps) {
    super(scope, id, props);
    this.#props = props;
    this.#logs = encryptedLogGroup(this, 'Logs', props.key, `/aws/vendedlogs/states/${props.prefix}`);
    this.#role = new Role(this, 'Role', {
      path: `/${props.prefix}/`,
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${props.prefix}-*` },
        },
      }),
    });
    this.#policy = this.#permissions();
    for (const version of props.versions) this.#publish(version);
  }

  #permissions(): ManagedPolicy {
    const { engine, key, prefix } = this.#props;
    const machines = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${prefix}-*`;
    const logs = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*`;
    const policy = new ManagedPolicy(this, 'Policy', {
      roles: [this.#role],
      path: `/${prefix}/`,
      statements: [
        permit(['lambda:InvokeFunction'], Object.values(engine.tasks).map((task) => task.lambda.functionArn)),
        permit(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], {
          ArnLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': machines },
        }),
        permit(['kms:GenerateDataKey'], [key.keyArn], { ArnLike: { 'kms:EncryptionContext:SourceArn': logs } }),
        permit([
          'logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups',
          'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets',
        ], ['*']),
      ],
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The log delivery and X-Ray actions that Step Functions asks of its role have no resources to name.',
    });
    return policy;
  }

  #publish(version: JourneyVersion): void {
    const id = `${version.journey}-v${version.version}`;
    // A scope of its own keeps `a-b` and `ab` apart, which would be one logical id.
    const scope = new Construct(this, id);
    const machine = this.#machine(scope, version);
    machine.node.addDependency(this.#policy);
    machine.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const plan = JSON.stringify(version.plan);
    const templates = JSON.stringify(version.templates);
    if (Buffer.byteLength(plan) + Buffer.byteLength(templates) > rowLimitBytes) {
      throw new Error(`${id}: plan and templates together exceed ${rowLimitBytes} bytes`);
    }
    new CustomResource(scope, 'Published', {
      serviceToken: this.#props.engine.publishJourney.lambda.functionArn,
      resourceType: journeyResource,
      removalPolicy: RemovalPolicy.RETAIN,
      properties: {
        journey: version.journey, version: version.version, plan, templates, segments: JSON.stringify(this.#props.segments),
        events: JSON.stringify(this.#props.events), machineArn: machine.attrArn,
        ...(version.draft === undefined ? {} : { draft: 'true' }),
      },
    });
  }

  #machine(scope: Construct, { journey, version, definition }: JourneyVersion): CfnStateMachine {
    const { prefix, key, engine, express } = this.#props;
    return new CfnStateMachine(scope, 'Machine', {
      stateMachineName: machineName(prefix, journey, version),
      stateMachineType: express.includes(journey) ? 'EXPRESS' : 'STANDARD',
      roleArn: this.#role.roleArn,
      definitionString: JSON.stringify(definition),
      definitionSubstitutions: Object.fromEntries(
        Object.entries(engine.tasks).map(([placeholder, task]) => [placeholder, task.lambda.functionArn]),
      ),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: this.#logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: {
        type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: key.keyArn, kmsDataKeyReusePeriodSeconds: 300,
      },
    });
  }
}
