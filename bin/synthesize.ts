import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import defaults from '../cdk.json' with { type: 'json' };

const app = fileURLToPath(new URL('app.ts', import.meta.url));

/**
 * Writes the templates of the app into a folder, without bundles: the local platform loads the functions themselves.
 *
 * @param linkBase Where links in mail point, in place of the deployment's own.
 * @throws Error with what the app wrote to stderr when it refuses, findings of the policy packs among it.
 */
export const synthesize = (folder: string, linkBase: string): Promise<void> => new Promise((resolve, reject) => {
  const context = {
    'aws:cdk:bundling-stacks': [],
    organisation: { ...defaults.context.organisation, linkBase },
  };
  const child = spawn(process.execPath, [app], {
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.on('error', reject);
  child.on('close', (code) => {
    if (code === 0) resolve();
    else reject(new Error(`the app does not synthesize\n${said}`));
  });
});
