import { Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { deployment } from './deployment.ts';

const checked = (): ReturnType<typeof deployment> => {
  const built = deployment();
  Validations.of(built.app).addPlugins(new HIPAASecurityChecks(built.app), new AwsSolutionsChecks(built.app));
  return built;
};

test('every finding of the policy packs is resolved or acknowledged', () => {
  expect(() => checked().app.synth()).not.toThrow();
});

test('a topic without a key stops the synthesis', () => {
  const { app, platform } = checked();
  new Topic(platform.messaging, 'Open');
  expect(() => app.synth()).toThrow(/HIPAA\.Security-SNSEncryptedKMS/u);
});
