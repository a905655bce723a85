import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import type { CfnResource, Duration } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { bundling } from './bundling.ts';
import { permit } from './grant.ts';
import type { Grant } from './grant.ts';
import { encryptedLogGroup } from './log-group.ts';
import type { WorkQueue } from './queue.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Metadata of the function resource: the folder under `functions/` that holds its entry. */
export const functionMetadata = 'sendwell:function';

export type PlatformFunctionProps = {
  /** Folder under `functions/`. */
  readonly name: string;
  /** First word of the deployment's names; the function's role stands under it. */
  readonly prefix: string;
  readonly dataKey: IKey;
  readonly timeout: Duration;
  readonly grants: readonly Grant[];
  /** Takes the events of asynchronous invocations that failed; none where the caller itself sees the failure. */
  readonly deadLetters?: WorkQueue;
};

/** A function with a role, a log group and permissions of its own. */
export class PlatformFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly role: Role;
  readonly #policy: ManagedPolicy;

  constructor(scope: Construct, id: string, props: PlatformFunctionProps) {
    super(scope, id);
    const opensVault = props.grants.some((grant) => grant.opensVault === true);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path: opensVault ? vaultPath(props.prefix) : `/${props.prefix}/`,
    });
    this.#policy = new ManagedPolicy(this, 'Policy', { roles: [this.role], path: `/${props.prefix}/` });
    const logGroup = encryptedLogGroup(this, 'Logs', props.dataKey);
    this.lambda = new NodejsFunction(this, 'Function', {
      entry: `${root}functions/${props.name}/index.ts`,
      handler: 'handler',
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: props.timeout,
      // The policy beside it holds every permission; constructs of the library add none on their own.
      role: this.role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      bundling: {
        ...bundling,
        format: OutputFormat.CJS,
        mainFields: [...bundling.mainFields],
        bundleAwsSDK: true,
        externalModules: [...bundling.external],
      },
      ...(props.deadLetters === undefined ? {} : { deadLetterQueue: props.deadLetters.queue }),
    });
    this.lambda.node.addDependency(this.#policy);
    (this.lambda.node.defaultChild as CfnResource).addMetadata(functionMetadata, props.name);
    this.allow(
      { statements: [permit(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn])] },
      tracing,
      ...(props.deadLetters === undefined ? [] : [props.deadLetters.allowSend()]),
      ...props.grants,
    );
    this.#acknowledge(props.deadLetters === undefined);
  }

  /** Adds the permission and the variables that come with it. */
  allow(...grants: readonly Grant[]): void {
    for (const grant of grants) {
      this.#policy.addStatements(...grant.statements);
      for (const [name, value] of Object.entries(grant.environment ?? {})) this.lambda.addEnvironment(name, value);
      Validations.of(this.#policy).acknowledge(...(grant.acknowledge ?? []));
    }
  }

  #acknowledge(synchronous: boolean): void {
    Validations.of(this.lambda).acknowledge(
      {
        id: 'HIPAA.Security-LambdaInsideVPC',
        reason: 'It calls AWS endpoints only, over TLS and with IAM, and nothing that lives in a VPC.',
      },
      {
        id: 'HIPAA.Security-LambdaConcurrency',
        reason: 'Queues and the API stage limit how much arrives at once; a reservation would take the same share from '
          + 'every other function of the account, and cannot be made at all under the quota of a new account.',
      },
    );
    if (synchronous) {
      Validations.of(this.lambda).acknowledge({
        id: 'HIPAA.Security-LambdaDLQ',
        reason: 'It is invoked synchronously or by an event source mapping, where Lambda never uses a dead-letter '
          + 'queue: the caller sees the failure, or the source queue or stream keeps the record.',
      });
    }
  }
}

/** IAM path of the roles that open wrapped keys. */
export const vaultPath = (prefix: string): string => `/${prefix}/vault/`;

const tracing: Grant = {
  statements: [permit(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*'])],
  acknowledge: [{ id: 'AwsSolutions-IAM5[Resource::*]', reason: 'X-Ray has no resources to name for writing traces.' }],
};

