import { expect, test } from 'vitest';
import type { Stack } from '../../../lib/local/template/assembly.ts';
import { kinds } from '../../../lib/local/template/identity.ts';
import { createResolver } from '../../../lib/local/template/resolve.ts';

const empty = { Resources: {}, Parameters: {}, Conditions: {}, Mappings: {}, Outputs: {} };
const data: Stack = {
  ...empty,
  name: 'data',
  Resources: { Table: { Type: 'AWS::DynamoDB::Table' }, Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } } },
  Parameters: { Colour: { Default: 'blue' } },
  Conditions: { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }, There: { 'Fn::Not': [{ Condition: 'Here' }] } },
  Mappings: { Sizes: { 'eu-west-1': { unit: 'm' } } },
  Outputs: { Table: { Value: { Ref: 'Table' }, Export: { Name: 'data:Table' } } },
};
const app: Stack = { ...empty, name: 'app', Resources: { Machine: { Type: 'AWS::StepFunctions::StateMachine' } } };
const resolver = createResolver(
  { region: 'eu-west-1', stacks: [data, app] }, kinds((name) => `http://127.0.0.1:1/${name}`), '000000000000');

test.each([
  ['a resource', { Ref: 'Table' }, 'data-Table'],
  ['a queue\'s URL', { Ref: 'Queue' }, 'http://127.0.0.1:1/work'],
  ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:000000000000:work'],
  ['an attribute in dots', { 'Fn::GetAtt': 'Table.StreamArn' }, 'arn:aws:dynamodb:eu-west-1:000000000000:table/data-Table/stream/local'],
  ['a parameter\'s default', { Ref: 'Colour' }, 'blue'],
  ['a join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, { Ref: 'AWS::AccountId' }]] }, 'arn:aws:000000000000'],
  ['a substitution', { 'Fn::Sub': '${Table}/${Queue.QueueName}/${!Kept}' }, 'data-Table/work/${Kept}'],
  ['a substitution with variables', { 'Fn::Sub': ['${A}-${AWS::Region}', { A: { Ref: 'Colour' } }] }, 'blue-eu-west-1'],
  ['a selection', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
  ['a mapping', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'unit'] }, 'm'],
  ['a condition that holds', { 'Fn::If': ['Here', 'yes', 'no'] }, 'yes'],
  ['a condition that does not hold', { 'Fn::If': ['There', 'yes', 'no'] }, 'no'],
  ['no value', { kept: 1, dropped: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  ['a policy\'s own Condition', { Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
])('%s is worked out', (_, expression, expected) => {
  expect(resolver.value(data, expression)).toStrictEqual(expected);
});

test('an export of another stack is imported', () => {
  expect(resolver.value(app, { 'Fn::ImportValue': 'data:Table' })).toBe('data-Table');
});

test('an import that nothing exports is an error', () => {
  expect(() => resolver.value(app, { 'Fn::ImportValue': 'data:Nothing' })).toThrow('data:Nothing');
});

test('an unknown function is an error', () => {
  expect(() => resolver.value(app, { 'Fn::Magic': 1 })).toThrow('Fn::Magic');
});

test('a name too long for a function ends in a digest', () => {
  const logicalId = 'Machine'.repeat(12);
  const long: Stack = { ...app, Resources: { [logicalId]: { Type: 'AWS::Lambda::Function' } } };
  expect(resolver.place(long, logicalId).name).toMatch(/^app-Machine.{40}-[0-9a-f]{12}$/u);
});
