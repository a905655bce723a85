import { createHash } from 'node:crypto';

/** Where a resource stands, and the name it has or gets. */
export type Place = { readonly region: string; readonly account: string; readonly name: string };

type Identity = {
  /** The property that names the resource; without it, or the property, the logical id does. */
  readonly nameProperty?: string;
  readonly ref: (place: Place) => string;
  readonly attributes: (place: Place) => Readonly<Record<string, string>>;
};

export type Kinds = Readonly<Record<string, Identity>>;

const arn = (service: string, resource: string) => ({ region, account, name }: Place): string =>
  `arn:aws:${service}:${region}:${account}:${resource}${name}`;

export const functionArn = arn('lambda', 'function:');
export const tableArn = arn('dynamodb', 'table/');
export const machineArn = arn('states', 'stateMachine:');
export const queueArn = arn('sqs', '');
/** Names of buckets have no capitals and at most 63 characters. */
export const bucketName = ({ name }: Place): string => name.toLowerCase().slice(0, 63);

export const topicArn = arn('sns', '');

/** Deterministic, so that kept data still opens after a restart; a multi-Region key's id begins with `mrk-`. */
export const keyId = ({ name }: Place): string => `mrk-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;

export const keyArn = (place: Place): string => arn('kms', 'key/')({ ...place, name: keyId(place) });

const byName = ({ name }: Place): string => name;

/** What Ref and Fn::GetAtt give for the resources that the local platform builds, as CloudFormation documents them. */
export const kinds = (queueUrl: (name: string) => string): Kinds => ({
  'AWS::DynamoDB::Table': {
    nameProperty: 'TableName',
    ref: byName,
    attributes: (place) => ({ Arn: tableArn(place), StreamArn: `${tableArn(place)}/stream/local` }),
  },
  'AWS::DynamoDB::GlobalTable': {
    nameProperty: 'TableName',
    ref: byName,
    attributes: (place) => ({ Arn: tableArn(place), StreamArn: `${tableArn(place)}/stream/local` }),
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    ref: bucketName,
    attributes: (place) => ({ Arn: `arn:aws:s3:::${bucketName(place)}` }),
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    ref: ({ name }) => queueUrl(name),
    attributes: (place) => ({ Arn: queueArn(place), QueueName: place.name, QueueUrl: queueUrl(place.name) }),
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: topicArn,
    attributes: (place) => ({ TopicArn: topicArn(place), TopicName: place.name }),
  },
  'AWS::KMS::Key': {
    ref: keyId,
    attributes: (place) => ({ Arn: keyArn(place), KeyId: keyId(place) }),
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    ref: byName,
    attributes: (place) => ({ Arn: functionArn(place) }),
  },
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    ref: machineArn,
    attributes: (place) => ({ Arn: machineArn(place), Name: place.name }),
  },
  'AWS::SES::ConfigurationSet': { nameProperty: 'Name', ref: byName, attributes: () => ({}) },
  'AWS::ApiGateway::RestApi': {
    ref: byName,
    attributes: ({ name }) => ({ RestApiId: name, RootResourceId: `root of ${name}` }),
  },
  'AWS::ApiGateway::Resource': { ref: byName, attributes: ({ name }) => ({ ResourceId: name }) },
});

/** For what the local platform only needs a name of: roles, log groups, firewalls. */
export const anyKind: Identity = {
  ref: byName,
  attributes: (place) => ({ Arn: arn('local', '')(place), Id: place.name }),
};

/** Fits the shortest limit, 64 characters of a function's name; a longer one ends in a digest of the whole. */
export const shorten = (name: string): string =>
  name.length <= 64 ? name : `${name.slice(0, 51)}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
