import type { Template as Node } from 'liquidjs';
import { Drop, Liquid } from 'liquidjs';
import type { LanguageTag, Template } from './template.ts';

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

/** The text that stands in for a missing value. It is no date: the filter `date` leaves it as it is. */
export class StandIn extends Drop {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override valueOf(): string {
    return this.#text;
  }
}

/** Nothing to see: an empty text, or one of blanks and characters without a shape alone. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)
  || (typeof value === 'string' && /^[\p{C}\p{Z}\u115f\u1160\u3164\uffa0]*$/u.test(value));

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** What an expression prints. Nothing, and a list that the author did not join, is refused. */
const printed = (value: unknown): string => {
  const plain: unknown = value instanceof StandIn ? value.valueOf() : value;
  if (typeof plain === 'number' || (typeof plain === 'string' && !isBlank(plain))) return String(plain);
  throw new TypeError('nothing to print');
};

const escapes: Readonly<Record<(typeof parts)[Part], (value: unknown) => string>> = {
  text: printed,
  html: (value) => printed(value).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character),
};

const isoDate = /^\d{4}-\d\d-\d\d$/u;
const isoInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u;

/** The key of the contact's zone in a scope. No template can name it: it is no identifier. */
export const zoneKey = 'the zone of the contact';

/** How languages write a day where the author gives no format; others write it as records do. */
const dateFormats: Readonly<Record<LanguageTag, string>> = { en: '%B %-d, %Y', es: '%-d de %B de %Y' };

const engine = (outputEscape: (value: unknown) => string, language: LanguageTag): Liquid => {
  const liquid = new Liquid({
    templates: {}, strictVariables: true, strictFilters: true, ownPropertyOnly: true, lenientIf: true, outputEscape,
    timezoneOffset: 0, locale: language === 'en' ? 'en-US' : language, dateFormat: dateFormats[language] ?? '%Y-%m-%d',
    parseLimit: 200_000, memoryLimit: 1_000_000,
  });
  for (const tag of Object.keys(liquid.tags)) if (!tags.has(tag)) delete liquid.tags[tag];
  const { date } = liquid.filters;
  for (const filter of Object.keys(liquid.filters)) if (!filters.has(filter)) liquid.unregisterFilter(filter);
  // A day is written as it is. An instant is written in the zone that the author names, else in the contact's; where
  // neither is known it is not written at all: an hour in another zone is a wrong hour.
  liquid.registerFilter('date', function onlyOfDates(value: unknown, format: unknown, zone: unknown) {
    if (value instanceof StandIn) return value;
    if (typeof value !== 'string' || typeof date !== 'function') throw new TypeError('not a date');
    if (isoDate.test(value)) return date.call(this, value, format) as unknown;
    const where = zone ?? this.context.getSync([zoneKey]);
    if (!isoInstant.test(value) || typeof where !== 'string') throw new TypeError('not an instant in a zone');
    return date.call(this, value, format, where) as unknown;
  });
  return liquid;
};

const engines = new Map<string, Liquid>();

/** The engine for a part in a language; one for each is kept. */
export const engineOf = (part: Part, language: LanguageTag = 'en'): Liquid => {
  const key = `${parts[part]} ${language}`;
  const known = engines.get(key) ?? engine(escapes[parts[part]], language);
  engines.set(key, known);
  return known;
};

/** Throws liquidjs's own error, whose message holds template text and no patient's value. */
export const parsePart = (template: Template, part: Part): Node[] => engineOf(part, template.language).parse(template[part]);
