import { expect, test } from 'vitest';
import { actionsOf, deployment, ofType, resourcesOf, statementsByFunction } from './deployment.ts';
import type { Statement } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const keys = ofType(resources, 'AWS::KMS::Key');

const statement = (sid: string): Statement | undefined => keys
  .flatMap(({ Properties }) => (Properties['KeyPolicy'] as { Statement: readonly Statement[] }).Statement)
  .find(({ Sid }) => Sid === sid);

test('keys can be replicated to another Region, rotate, and outlive their stack', () => {
  expect(keys.map(({ Properties: { MultiRegion, EnableKeyRotation }, DeletionPolicy }) =>
    ({ MultiRegion, EnableKeyRotation, DeletionPolicy }))).toEqual([
    { MultiRegion: true, EnableKeyRotation: true, DeletionPolicy: 'Retain' },
    { MultiRegion: true, EnableKeyRotation: true, DeletionPolicy: 'Retain' },
  ]);
});

test('who administers a key cannot use it', () => {
  const administration = statement('Administer');
  expect(administration === undefined ? [] : actionsOf(administration)
    .filter((action) => /\*|crypt|GenerateDataKey|CreateGrant/u.test(action))).toEqual([]);
});

test('the vault key opens for roles on its own path alone, and for calls that name the owner of the key', () => {
  expect(statement('OpenContacts')?.Condition).toEqual({
    ArnLike: { 'aws:PrincipalArn': { 'Fn::Join': ['', [
      'arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/sendwell/vault/*',
    ]] } },
    Null: { 'kms:EncryptionContextKeys': 'false' },
  });
});

test('the roles on the path of the vault are those of the functions that use it', () => {
  const onPath = Object.entries(resources)
    .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Role' && Properties['Path'] === '/sendwell/vault/').length;
  const using = [...statementsByFunction(resources).values()]
    .filter((held) => held.some(({ Resource }) => /Vault/u.test(JSON.stringify(Resource)))).length;
  expect(onPath).toBe(using);
});
