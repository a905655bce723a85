import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import defaults from '../../cdk.json' with { type: 'json' };
import { Configuration } from '../../lib/stacks/configuration.ts';
import { buildPlatform } from '../../lib/stacks/platform.ts';
import { journeysOf } from '../../lib/stacks/shipped.ts';

/** What a mail says in its first line, and under `missing` what becomes of it without a value. */
type Saying = { readonly line?: string; readonly missing?: string };

/** A mail of a few lines that any journey may send. */
export const plainTemplate = (name: string, { line = 'Hello. Please open the portal.', missing = '{}' }: Saying = {}): string => `
template: ${name}
missing: ${missing}
subject: A message for you
text: |
  ${line}
  {{ sender.name }}
  {{ organisation.name }}, {{ organisation.postalAddress }}
html: |
  <p>${line}</p>
  <p>{{ sender.name }}</p>
  <p>{{ organisation.name }}, {{ organisation.postalAddress }}</p>
`;

/** The files of a journey that sends a template `note`; `settings` are its triggers and what else it is told. */
export const smallJourney = (
  name: string, settings: string, steps: string, { segment = 'demographic', content = 'contact_info', ...saying }: Saying & { readonly segment?: string; readonly content?: string } = {},
): Readonly<Record<string, string>> => ({
  [`${name}/v1/journey.yaml`]: `
format: 2
journey: ${name}
title: A journey of the test
message: { purpose: appointment_reminder, content: [${content}], segment: [${segment}] }
sender: { name: Northside, address: care@northside.example, replyTo: care@northside.example }
${settings}
steps:
${steps}`,
  [`${name}/v1/templates/note.yaml`]: plainTemplate('note', saying),
});

/** What each trigger says for itself. */
export const why = 'source: a system of our own, because: Care of our own patients.';

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
