import { sha256 } from '../digest.ts';
import type { Template } from './template.ts';
import { variantsOf } from './variants.ts';

/** SHA-256 of each message in each of its languages, by the name of the variant: `reminder`, `reminder.es`. Receipts name them. */
export const templateHashesOf = async (templates: Readonly<Record<string, Template>>): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(await Promise.all(
    Object.values(templates).flatMap(variantsOf).map(async ({ name, template }) => [name, await sha256(JSON.stringify(template))] as const),
  ));
