import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the templates that the app synthesized for this run of the tests. */
    assembly: string;
  }
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = fileURLToPath(new URL('../.sendwell/test-assembly', import.meta.url));

/** Synthesizes the app once, as `cdk synth` would, without bundling the functions. */
export const setup = (project: TestProject): void => {
  execFileSync(process.execPath, ['bin/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  project.provide('assembly', folder);
};
