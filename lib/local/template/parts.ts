import * as z from 'zod';
import type { Assembly, Resource, Stack } from './assembly.ts';
import type { Place } from './identity.ts';
import type { Resolver } from './resolve.ts';

/** Metadata of a function resource: the folder in functions/ that holds its code. */
export const functionMetadata = 'sendwell:function';

const Text = z.coerce.string();
const Count = z.coerce.number();

const KeySchema = z.array(z.object({ AttributeName: Text, KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(Text).optional(),
});

/** The properties that matter on one machine, by resource type; everything else in a template is left aside. */
const schemas = {
  Table: z.object({
    KeySchema,
    AttributeDefinitions: z.array(z.object({ AttributeName: Text, AttributeType: z.enum(['S', 'N', 'B']) })),
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: Text, KeySchema, Projection })).default([]),
    StreamSpecification: z.object({
      StreamViewType: z.enum(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']),
    }).optional(),
  }),
  Bucket: z.object({}),
  Queue: z.object({
    VisibilityTimeout: Count.default(30),
    RedrivePolicy: z.object({ deadLetterTargetArn: Text, maxReceiveCount: Count }).optional(),
  }),
  Topic: z.object({}),
  Subscription: z.object({
    TopicArn: Text, Protocol: Text, Endpoint: Text, RawMessageDelivery: z.coerce.string().default('false'),
    FilterPolicy: z.unknown().optional(),
  }),
  Key: z.object({}),
  Alias: z.object({ AliasName: Text, TargetKeyId: Text }),
  EventDestination: z.object({
    ConfigurationSetName: Text,
    EventDestination: z.object({
      Enabled: z.coerce.string().default('true'),
      MatchingEventTypes: z.array(Text),
      SnsDestination: z.object({ TopicARN: Text }).optional(),
    }),
  }),
  ReceiptRule: z.object({
    Rule: z.object({
      Recipients: z.array(Text).default([]),
      Enabled: z.boolean().default(true),
      Actions: z.array(z.object({ StopAction: z.object({ TopicArn: Text.optional() }).optional() })),
    }),
  }),
  Function: z.object({
    Environment: z.object({ Variables: z.record(z.string(), Text).default({}) }).optional(),
  }),
  EventSourceMapping: z.object({
    FunctionName: Text,
    EventSourceArn: Text,
    BatchSize: Count.optional(),
    FunctionResponseTypes: z.array(Text).default([]),
    FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: Text })) }).optional(),
    MaximumBatchingWindowInSeconds: Count.optional(),
    ScalingConfig: z.object({ MaximumConcurrency: Count }).optional(),
    MaximumRetryAttempts: Count.default(-1),
    BisectBatchOnFunctionError: z.boolean().default(false),
    DestinationConfig: z.object({ OnFailure: z.object({ Destination: Text }) }).optional(),
  }),
  StateMachine: z.object({
    DefinitionString: Text.optional(),
    Definition: z.unknown().optional(),
    DefinitionSubstitutions: z.record(z.string(), Text).default({}),
  }),
  Schedule: z.object({
    ScheduleExpression: Text,
    State: Text.default('ENABLED'),
    Target: z.object({ Arn: Text, Input: Text.optional() }),
  }),
  ApiResource: z.object({ ParentId: Text, PathPart: Text }),
  Method: z.object({
    ResourceId: Text,
    HttpMethod: Text,
    AuthorizationType: Text.default('NONE'),
    Integration: z.object({ Type: Text, Uri: Text.optional() }).optional(),
  }),
  Custom: z.looseObject({ ServiceToken: Text }),
};
type Schemas = typeof schemas;
type Kind = keyof Schemas;

const kindOf: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': 'Table',
  'AWS::DynamoDB::GlobalTable': 'Table',
  'AWS::S3::Bucket': 'Bucket',
  'AWS::SQS::Queue': 'Queue',
  'AWS::SNS::Topic': 'Topic',
  'AWS::SNS::Subscription': 'Subscription',
  'AWS::KMS::Key': 'Key',
  'AWS::KMS::Alias': 'Alias',
  'AWS::SES::ConfigurationSetEventDestination': 'EventDestination',
  'AWS::SES::ReceiptRule': 'ReceiptRule',
  'AWS::Lambda::Function': 'Function',
  'AWS::Lambda::EventSourceMapping': 'EventSourceMapping',
  'AWS::StepFunctions::StateMachine': 'StateMachine',
  'AWS::Scheduler::Schedule': 'Schedule',
  'AWS::ApiGateway::Resource': 'ApiResource',
  'AWS::ApiGateway::Method': 'Method',
  'Custom::SendwellJourney': 'Custom',
};

export type Part<K extends Kind> = {
  readonly id: string;
  readonly place: Place;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly properties: z.infer<Schemas[K]>;
};

/** The resources of every stack that the local platform builds, by kind, with all references worked out. */
export type Parts = { readonly [K in Kind]: readonly Part<K>[] };

const partOf = <K extends Kind>(kind: K, resolver: Resolver, stack: Stack, logicalId: string, resource: Resource): Part<K> => ({
  id: `${stack.name}/${logicalId}`,
  place: resolver.place(stack, logicalId),
  metadata: resource.Metadata ?? {},
  properties: schemas[kind].parse(resolver.value(stack, resource.Properties ?? {})) as Part<K>['properties'],
});

/** @throws z.ZodError where a property that the local platform needs has another shape than CloudFormation gives it. */
export const readParts = (assembly: Assembly, resolver: Resolver): Parts => {
  const found = assembly.stacks.flatMap((stack) => Object.entries(stack.Resources)
    .filter(([, resource]) => kindOf[resource.Type] !== undefined && resolver.exists(stack, resource))
    .map(([logicalId, resource]) => ({ stack, logicalId, resource })));
  const read = <K extends Kind>(kind: K): readonly Part<K>[] => found
    .filter(({ resource }) => kindOf[resource.Type] === kind)
    .map(({ stack, logicalId, resource }) => partOf(kind, resolver, stack, logicalId, resource));
  return Object.fromEntries((Object.keys(schemas) as Kind[]).map((kind) => [kind, read(kind)])) as unknown as Parts;
};
