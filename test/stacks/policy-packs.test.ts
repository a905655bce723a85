import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { afterAll, expect, test } from 'vitest';
import { deployment } from './deployment.ts';

/** Each run takes seconds; a machine that runs other suites beside it may need far longer. */
const patienceMilliseconds = 180_000;

const assembly = mkdtempSync(join(tmpdir(), 'sendwell-app-'));
afterAll(() => rmSync(assembly, { recursive: true }));

test('the app passes both policy packs, for any account and Region', () => {
  execFileSync(process.execPath, ['bin/app.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: '{"aws:cdk:bundling-stacks":[]}' },
  });
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string; environment?: string }>;
  };
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  expect(Object.fromEntries(stacks.map(([name, { environment }]) => [name, environment]))).toEqual({
    Keys: 'aws://unknown-account/unknown-region',
    Data: 'aws://unknown-account/unknown-region',
    Messaging: 'aws://unknown-account/unknown-region',
    Engine: 'aws://unknown-account/unknown-region',
    Journeys: 'aws://unknown-account/unknown-region',
    Api: 'aws://unknown-account/unknown-region',
  });
}, patienceMilliseconds);

test('a topic without a key stops the synthesis', () => {
  const { app, platform } = deployment();
  Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new AwsSolutionsChecks(app));
  new Topic(platform.messaging, 'Open');
  expect(() => app.synth()).toThrow(/HIPAA\.Security-SNSEncryptedKMS/u);
}, patienceMilliseconds);
