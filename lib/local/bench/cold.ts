import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { env } from '../../aws/env.ts';
import { median } from './median.ts';

/** What a function's first start needs; values of the right shape that lead nowhere. */
const variables = (organisation: string): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.values(env).map((name) => [name, 'bench'])),
  [env.organisation]: organisation,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
});

const program = (file: string): string =>
  `const began = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - began)`;

const startMilliseconds = async (file: string, environment: Readonly<Record<string, string>>): Promise<number> => {
  const { stdout } = await promisify(execFile)(
    process.execPath, ['--input-type=commonjs', '--eval', program(file)], { env: environment });
  return Number(stdout);
};

export type ColdStart = { readonly handlerMilliseconds: number; readonly bareMilliseconds: number };

/**
 * Medians of how long fresh processes take to load two bundles, from the `require` to the end of their first evaluation.
 * The two take turns, so that what else the machine does weighs on both.
 *
 * @param starts Fresh processes of each, from 1.
 * @param organisation JSON of the Organisation schema.
 */
export const measureColdStart = async (
  handlerFile: string, bareFile: string, { starts, organisation }: { readonly starts: number; readonly organisation: string },
): Promise<ColdStart> => {
  const environment = variables(organisation);
  const handler: number[] = [];
  const bare: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    bare.push(await startMilliseconds(bareFile, environment));
    handler.push(await startMilliseconds(handlerFile, environment));
  }
  return { handlerMilliseconds: median(handler), bareMilliseconds: median(bare) };
};
