import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import cdk from '../../cdk.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the templates of a deployment that differs from that of `cdk.json`; the policy packs look at it too. */
export const synthesized = (name: string, organisation: object, context: object = {}): string => {
  const folder = fileURLToPath(new URL(`../../.sendwell/test-assembly-${name}`, import.meta.url));
  execFileSync(process.execPath, ['bin/app.ts'], {
    cwd: root,
    env: {
      ...process.env, CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({
        'aws:cdk:bundling-stacks': [], organisation: { ...cdk.context.organisation, ...organisation }, ...context,
      }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
};
