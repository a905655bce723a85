import { expect, test } from 'vitest';
import { deployment, ofType, resourcesOf, welcome } from './deployment.ts';
import type { Statement } from './deployment.ts';

const guests = { segment: 'guests', title: 'Guests', because: 'They asked for it.', classes: [], where: null };
const resources = resourcesOf(deployment({ versions: [welcome(1), welcome(2)], segments: [guests] }).platform);
const machines = ofType(resources, 'AWS::StepFunctions::StateMachine');

test('each version has a machine that is named after it', () => {
  expect(machines.map(({ Properties }) => Properties['StateMachineName'])).toEqual(['sendwell-welcome-v1', 'sendwell-welcome-v2']);
});

test('machines log every step and no data', () => {
  expect(machines.map(({ Properties }) => {
    const { Level, IncludeExecutionData } = Properties['LoggingConfiguration'] as Record<string, unknown>;
    return { Level, IncludeExecutionData };
  })).toEqual([{ Level: 'ALL', IncludeExecutionData: false }, { Level: 'ALL', IncludeExecutionData: false }]);
});

test('machines are encrypted with a customer-managed key', () => {
  expect(machines.map(({ Properties }) => (Properties['EncryptionConfiguration'] as { Type: string }).Type))
    .toEqual(['CUSTOMER_MANAGED_KMS_KEY', 'CUSTOMER_MANAGED_KMS_KEY']);
});

test('the placeholders of the compiler stand for the six task functions', () => {
  expect(machines.map(({ Properties }) => Object.keys(Properties['DefinitionSubstitutions'] as object))).toEqual(
    Array.from({ length: 2 }, () => ['SendMessage', 'ParkEnrolment', 'ChooseBranch', 'AddToSegment', 'CloseEnrolment', 'HandOver']),
  );
});

test('the role of the machines invokes the six task functions and nothing else', () => {
  const policies = Object.entries(resources).filter(([path]) => path.startsWith('Journeys/Policy'));
  const held = policies.flatMap(([, { Properties }]) =>
    (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement);
  const invoked = held.filter(({ Action }) => Action === 'lambda:InvokeFunction').flatMap(({ Resource }) => Resource);
  expect(invoked.map((resource) => /FnGetAtt(\w+?)Function/u.exec(JSON.stringify(resource))?.[1]).sort())
    .toEqual(['AddToSegment', 'ChooseBranch', 'CloseEnrolment', 'HandOver', 'ParkEnrolment', 'SendMessage']);
});

test('a version is published with its plan and its templates', () => {
  const [{ Properties } = { Properties: {} }] = ofType(resources, 'Custom::SendwellJourney');
  const { journey, version, plan, templates } = Properties as Record<string, unknown>;
  expect({ journey, version, plan, templates }).toEqual({
    journey: 'welcome',
    version: 1,
    plan: '{"journey":"welcome","start":"greet"}',
    templates: '{"greeting":{"subject":"A message for you"}}',
  });
});

test('a draft is published as one, and any other version says nothing of it', () => {
  const versions = [welcome(1), { ...welcome(2), draft: true as const }];
  const published = ofType(resourcesOf(deployment({ versions }).platform), 'Custom::SendwellJourney');
  expect(published.map(({ Properties }) => Properties['draft'])).toEqual([undefined, 'true']);
});

test('every version brings the segments of the app along', () => {
  const published = ofType(resources, 'Custom::SendwellJourney');
  expect(published.map(({ Properties }) => Properties['segments'])).toEqual([JSON.stringify([guests]), JSON.stringify([guests])]);
});

test('a version that is taken out of the app stays in the account', () => {
  const kept = [...machines, ...ofType(resources, 'Custom::SendwellJourney')];
  expect(kept.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Retain', 'Retain', 'Retain']);
});

test('machines are STANDARD unless their journey is switched to EXPRESS', () => {
  const switched = resourcesOf(deployment({ express: ['welcome'] }).platform);
  expect([...machines, ...ofType(switched, 'AWS::StepFunctions::StateMachine')].map(({ Properties }) => Properties['StateMachineType']))
    .toEqual(['STANDARD', 'STANDARD', 'EXPRESS']);
});

test('journeys whose names differ by a hyphen alone stand side by side', () => {
  const versions = ['well-come', 'welcome'].map((journey) => ({ ...welcome(1), journey }));
  const both = ofType(resourcesOf(deployment({ versions }).platform), 'AWS::StepFunctions::StateMachine');
  expect(both.map(({ Properties }) => Properties['StateMachineName'])).toEqual(['sendwell-well-come-v1', 'sendwell-welcome-v1']);
});

test('a version that no row of the table can hold is refused', () => {
  const versions = [{ ...welcome(1), templates: { long: 'x'.repeat(400_000) } }];
  expect(() => deployment({ versions })).toThrow('welcome-v1: plan and templates together exceed 390000 bytes');
});
