import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import defaults from '../../cdk.json' with { type: 'json' };
import { Configuration } from '../../lib/stacks/configuration.ts';
import { buildPlatform } from '../../lib/stacks/platform.ts';
import { journeysOf } from '../../lib/stacks/shipped.ts';

/** A mail of two lines that any journey may send. */
export const plainTemplate = (name: string): string => `
template: ${name}
subject: A message for you
text: |
  Hello. Please open the portal.
  {{ sender.name }}
  {{ organisation.name }}, {{ organisation.postalAddress }}
html: |
  <p>Hello. Please open the portal.</p>
  <p>{{ sender.name }}</p>
  <p>{{ organisation.name }}, {{ organisation.postalAddress }}</p>
`;

/** The folder of the templates of a deployment with journeys of the test's own, by path: `<journey>/v1/journey.yaml`. */
export const assemblyOf = (files: Readonly<Record<string, string>>): string => {
  const journeys = mkdtempSync(join(tmpdir(), 'sendwell-journeys-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(journeys, path)), { recursive: true });
    writeFileSync(join(journeys, path), text);
  }
  const outdir = mkdtempSync(join(tmpdir(), 'sendwell-assembly-'));
  const app = new App({ outdir, context: { ...defaults.context, 'aws:cdk:bundling-stacks': [] } });
  buildPlatform(app, Configuration.parse(defaults.context), journeysOf(journeys));
  app.synth();
  rmSync(journeys, { recursive: true });
  return outdir;
};
