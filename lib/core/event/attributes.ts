import * as z from 'zod';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import { parseInstant } from '../offset-instant.ts';
import type { AttributeType, EventDefinition } from './definition.ts';
import { attributeOf } from './definition.ts';
import { AttributeName } from './filter.ts';

/** The values of an event, by attribute. PHI: they stand sealed with the contact's data key wherever they are kept. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

const schemas: { readonly [T in AttributeType]: z.ZodType<string | number | boolean> } = {
  id: z.string().regex(/^[\w.:-]{1,100}$/u),
  text: z.string().min(1).max(500),
  number: z.number(),
  boolean: z.boolean(),
  date: z.iso.date(),
  instant: z.iso.datetime({ offset: true }).transform(parseInstant),
};

export type ReadAttributes = { readonly attributes: Phi<Attributes> } | { readonly faults: readonly string[] };

/** A name that is none may itself be a patient's value, so it shows as `*`. */
const shown = (name: string): string => (AttributeName.safeParse(name).success ? name : '*');

/**
 * Reads the attributes of a report as its event declares them; an event without a definition has none. A fault names
 * the path and what is wanted, never the value.
 */
export const readAttributes = (definition: EventDefinition | undefined, given: Readonly<Record<string, unknown>>): ReadAttributes => {
  const faults: string[] = [];
  const attributes: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(given)) {
    const declared = definition === undefined ? undefined : attributeOf(definition, name);
    const parsed = declared === undefined ? undefined : schemas[declared.type].safeParse(value);
    if (declared === undefined || parsed === undefined) faults.push(`attributes.${shown(name)}: not declared`);
    else if (!parsed.success) faults.push(`attributes.${name}: expected ${declared.type}`);
    else attributes[name] = parsed.data;
  }
  return faults.length > 0 ? { faults } : { attributes: new Phi(attributes) };
};

const Stored = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Reads attributes that were opened; whatever does not fit reads as missing. */
export const attributeReader = (opened: Phi<unknown> | undefined): FieldReader => {
  const { success, data } = Stored.safeParse(opened?.open());
  return (name) => (success && Object.hasOwn(data, name) ? data[name] : undefined);
};
