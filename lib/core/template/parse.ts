import type { Template as Node } from 'liquidjs';
import { Liquid } from 'liquidjs';
import type { Template } from './template.ts';

/** The parts of a message, each with what its output is escaped for. */
export const parts = { subject: 'text', text: 'text', html: 'html' } as const;

export type Part = keyof typeof parts;
export const partNames = Object.keys(parts) as readonly Part[];

/** Without tags that read files, count across calls or write around the escaping. */
const tags = new Set(['assign', 'if', 'unless', 'case', 'for', 'break', 'continue', 'comment', 'raw', '#']);

/** Without filters that read the clock, draw at random, look into an object or undo the escaping. */
const filters = new Set([
  'abs', 'append', 'at_least', 'at_most', 'capitalize', 'ceil', 'date', 'default', 'divided_by', 'downcase', 'first',
  'floor', 'join', 'last', 'minus', 'modulo', 'plus', 'prepend', 'remove', 'replace', 'round', 'size', 'sort', 'split',
  'strip', 'times', 'truncate', 'truncatewords', 'uniq', 'upcase', 'url_encode',
]);

const isoDate = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/u;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** What an expression prints. Nothing, and a list that the author did not join, is refused. */
const printed = (value: unknown): string => {
  if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) return String(value);
  throw new TypeError('nothing to print');
};

const escapes: Readonly<Record<(typeof parts)[Part], (value: unknown) => string>> = {
  text: printed,
  html: (value) => printed(value).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character),
};

const engine = (outputEscape: (value: unknown) => string): Liquid => {
  const liquid = new Liquid({
    templates: {}, strictVariables: true, strictFilters: true, ownPropertyOnly: true, lenientIf: true, outputEscape,
    timezoneOffset: 0, locale: 'en-US', dateFormat: '%B %-d, %Y', parseLimit: 200_000, memoryLimit: 1_000_000,
  });
  for (const tag of Object.keys(liquid.tags)) if (!tags.has(tag)) delete liquid.tags[tag];
  const { date } = liquid.filters;
  for (const filter of Object.keys(liquid.filters)) if (!filters.has(filter)) liquid.unregisterFilter(filter);
  liquid.registerFilter('date', function onlyOfDates(value: unknown, ...rest: unknown[]) {
    if (typeof value !== 'string' || !isoDate.test(value) || typeof date !== 'function') throw new TypeError('not a date');
    return date.call(this, value, ...rest);
  });
  return liquid;
};

const engines = { text: engine(escapes.text), html: engine(escapes.html) } as const;

export const engineOf = (part: Part): Liquid => engines[parts[part]];

/** Throws liquidjs's own error, whose message holds template text and no patient's value. */
export const parsePart = (template: Template, part: Part): Node[] => engineOf(part).parse(template[part]);
