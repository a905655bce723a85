import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import defaults from '../cdk.json' with { type: 'json' };
import { readConfiguration } from '../lib/stacks/configuration.ts';
import type { Configuration } from '../lib/stacks/configuration.ts';
import { buildPlatform } from '../lib/stacks/platform.ts';
import { journeysOf } from '../lib/stacks/shipped.ts';

// Run by the CDK command line, the context of the command wins over these values.
const app = new App({ context: defaults.context });
const context = (name: keyof Configuration): unknown => app.node.tryGetContext(name);

const configuration = readConfiguration({
  organisation: context('organisation'),
  sendingDomain: context('sendingDomain'),
  prefix: context('prefix'),
  express: context('express'),
  receiveUnsubscribes: context('receiveUnsubscribes'),
});
const journeys = fileURLToPath(new URL('../statemachines/journeys', import.meta.url));
buildPlatform(app, configuration, journeysOf(journeys));
Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new AwsSolutionsChecks(app));
app.synth();
