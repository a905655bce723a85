import type { Duration, Kind, Step, StepOf, WaitRule } from '../plan.ts';
import { isEntries } from './changes.ts';

/** A name of the author's. */
export const named = (name: string): string => `\`${name}\``;

export const listed = (words: readonly string[]): string =>
  (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

/** Any value as an author could have written it in YAML, on one line. */
export const written = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return /^[\w.-]+$/u.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : `[${value.map(written).join(', ')}]`;
  if (isEntries(value)) {
    return `{ ${Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => `${key}: ${written(inner)}`).join(', ')} }`;
  }
  return JSON.stringify(value);
};

const unit = (count: number, name: string): readonly string[] => (count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`]);

/** `1 day 6 hours`, as authors write it. */
export const span = (duration: Duration): string => {
  const { days, hours, minutes, ...more } = duration;
  const others = Object.entries(more).flatMap(([name, count]) => (typeof count === 'number' ? unit(count, name.replace(/s$/u, '')) : []));
  return [...others, ...unit(days, 'day'), ...unit(hours, 'hour'), ...unit(minutes, 'minute')].join(' ') || 'no time';
};

/** What completes "people wait". */
export const waiting = (until: WaitRule): string => {
  if (until.rule === 'duration') return [span(until.duration), ...extras(until, ['rule', 'duration'])].join(', ');
  if (until.rule !== 'window') return written(until);
  const { on, from, to, zone, fallbackZone } = until;
  const days = on.length === 0 ? 'any day' : listed(on);
  const where = zone === 'contact' ? `in the contact's zone, or ${fallbackZone}` : `in ${zone}, or ${fallbackZone}`;
  return [`until ${from} to ${to} on ${days} ${where}`, ...extras(until, ['rule', 'on', 'from', 'to', 'zone', 'fallbackZone'])].join(', ');
};

const extras = (value: object, told: readonly string[]): readonly string[] =>
  Object.entries(value).filter(([key, inner]) => !told.includes(key) && inner !== undefined).map(([key, inner]) => `${key} ${written(inner)}`);

const deeds: { readonly [K in Kind]: (step: StepOf<K>) => string } = {
  send: ({ template }) => `sends ${named(template)}`,
  wait: ({ until }) => `waits ${waiting(until)}`,
  'wait-for-event': ({ events, within }) => `waits for ${listed(events.map(({ label }) => named(label)))}, at most ${span(within)}`,
  branch: ({ choices }) => `parts the ways ${listed(choices.map(({ label }) => named(label)))}`,
  'go-to': ({ next }) => `goes on with ${named(next)}`,
  'add-to-segment': ({ segment }) => `adds people to ${named(segment)}`,
  end: ({ outcome }) => `ends the journey as ${named(outcome)}`,
};

/** What a step does, completing "it". */
export const doing = (step: Step): string => deeds[step.kind](step as never);
