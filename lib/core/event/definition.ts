import * as z from 'zod';
import { DataClass } from '../consent/classes.ts';
import { EventName } from '../ids.ts';
import { AttributeName } from './filter.ts';

/**
 * `id`: letters, digits and `. _ : -`, at most 100, of another system's naming; `text`: at most 500 characters;
 * `date`: `2026-11-30`; `instant`: RFC 3339 with an offset, kept in UTC.
 */
export const AttributeType = z.enum(['id', 'text', 'number', 'boolean', 'date', 'instant']);
export type AttributeType = z.infer<typeof AttributeType>;

export const AttributeDefinition = z.strictObject({
  type: AttributeType,
  /** The class of data that the value reveals about a person. */
  reveals: DataClass,
});
export type AttributeDefinition = z.infer<typeof AttributeDefinition>;

/** An event that other systems report about a contact through the API. */
export const EventDefinition = z.strictObject({
  event: EventName,
  title: z.string().min(1).max(200),
  /** What its having happened, or not, reveals about a person. */
  classes: z.array(DataClass).max(30).readonly(),
  attributes: z.record(AttributeName, AttributeDefinition)
    .refine((attributes) => Object.keys(attributes).length <= 30, 'at most 30 attributes are expected'),
});
export type EventDefinition = z.infer<typeof EventDefinition>;

/** The definition of an attribute, if the event has one of that name. */
export const attributeOf = ({ attributes }: Pick<EventDefinition, 'attributes'>, name: string): AttributeDefinition | undefined =>
  (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
