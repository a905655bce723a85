import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journeysOf } from '../../lib/stacks/shipped.ts';
import { deployment } from '../stacks/deployment.ts';

const shipped = join(import.meta.dirname, '../../statemachines/journeys');
const journey = 'health-plan-enrollment';

/** The second version: other names, another window, one more event, a step less to stand at. */
const second = (first: string): string => first
  .replace(/^journey:/mu, 'draft: true\njourney:')
  .replace('- id: invite\n', '- id: invitation\n').replaceAll('of: invite', 'of: invitation')
  .replace('- id: answer\n', '- id: reply\n').replace('within: 7 days', 'within: 9 days')
  .replace('- { event: portal.login, as: portal }', '- { event: portal.login, as: portal }\n      - { event: portal.registered, as: portal-registration }')
  .replaceAll('thursday-noon', 'friday-morning').replace('on: [thursday], between: ["12:00", "14:00"]', 'on: [friday], between: ["09:00", "11:00"]')
  .replace('- id: three-days\n    wait: 3 days', '- id: some-days\n    wait: 4 days');

/** Synthesizes the app with the reference journey alone, in two versions, the second one a draft. */
export const synthesizeTwoVersions = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'sendwell-versions-'));
  cpSync(join(shipped, 'segments.yaml'), join(root, 'segments.yaml'));
  const registered = '- { event: portal.registered, title: Somebody registered at the portal, classes: [], attributes: {} }';
  writeFileSync(join(root, 'events.yaml'), `${readFileSync(join(shipped, 'events.yaml'), 'utf8')}\n${registered}\n`);
  for (const version of ['v1', 'v2']) cpSync(join(shipped, journey, 'v1'), join(root, journey, version), { recursive: true });
  const file = join(root, journey, 'v2', 'journey.yaml');
  mkdirSync(join(root, journey, 'v2'), { recursive: true });
  writeFileSync(file, second(readFileSync(file, 'utf8')));
  const { app } = deployment(journeysOf(root));
  return app.synth().directory;
};
