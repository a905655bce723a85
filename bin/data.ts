import { readFileSync } from 'node:fs';
import { parseYaml } from '../statemachines/files.ts';
import { Unreachable } from './exit.ts';

/** Reads YAML, of which JSON is a part. */
export const readData = (file: string): unknown => {
  const text = ((): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      throw new Unreachable(`${file} cannot be read`);
    }
  })();
  const parsed = parseYaml(text);
  if ('value' in parsed) return parsed.value;
  throw new Unreachable(`${file} is neither YAML nor JSON: ${parsed.findings[0]?.message ?? ''}`);
};
