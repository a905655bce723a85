import type { Duration } from '../duration.ts';
import type { Kind, Otherwise, Step, StepOf, WaitRule, WaitRuleOf } from '../plan.ts';
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

export const clockOf = ({ zone, fallbackZone }: { readonly zone: string; readonly fallbackZone: string }): string =>
  (zone === 'contact' ? `in the contact's zone, or ${fallbackZone}` : `in ${zone}, or ${fallbackZone}`);

const deedsOtherwise: { readonly [O in Otherwise]: string } = {
  'go-on': 'they go on', skip: 'they pass by the next send', exit: 'their run ends',
};

const onDays = ({ on, days = [] }: WaitRuleOf<'window'>): string => {
  const inMonth = days.length === 0 ? '' : `day ${listed(days.map(String))} of the month`;
  return [listed(on), inMonth].filter((words) => words !== '').join(' that is ') || 'any day';
};

const momentOf = ({ from, side, by, time }: WaitRuleOf<'field'>): string => {
  const value = 'field' in from ? `the contact's ${from.field}` : `the run's ${from.attribute}`;
  const distance = Object.values(by).every((count) => count === 0) ? 'the time of' : `${span(by)} ${side}`;
  return `${distance} ${value}${time === undefined ? '' : `, at ${time}`}`;
};

const rules: { readonly [R in WaitRule['rule']]: (rule: WaitRuleOf<R>) => string } = {
  duration: ({ duration }) => span(duration),
  window: (rule) => `until ${rule.from} to ${rule.to} on ${onDays(rule)} ${clockOf(rule)}`,
  instant: ({ at, ifPast }) => `until ${at}; where that is past, ${deedsOtherwise[ifPast]}`,
  local: (rule) => `until ${rule.date} at ${rule.time} ${clockOf(rule)}; where that is past, ${deedsOtherwise[rule.ifPast]}`,
  field: (rule) => `until ${momentOf(rule)}, ${clockOf(rule)}; where that is past, ${deedsOtherwise[rule.ifPast]}; `
    + `without a value, ${deedsOtherwise[rule.ifMissing]}`,
};

/** What completes "people wait". */
export const waiting = (until: WaitRule): string => rules[until.rule](until as never);

const deeds: { readonly [K in Kind]: (step: StepOf<K>) => string } = {
  send: ({ template }) => `sends ${named(template)}`,
  wait: ({ until }) => `waits ${waiting(until)}`,
  'wait-for-event': ({ events, within }) => `waits for ${listed(events.map(({ label }) => named(label)))}, at most ${span(within)}`,
  branch: ({ choices }) => `parts the ways ${listed(choices.map(({ label }) => named(label)))}`,
  split: ({ arms }) => `divides people among ${listed(arms.map(({ label, share }) => `${named(label)} (${share}%)`))}`,
  'go-to': ({ next }) => `goes on with ${named(next)}`,
  'add-to-segment': ({ segment }) => `adds people to ${named(segment)}`,
  end: ({ outcome }) => `ends the journey as ${named(outcome)}`,
  'hand-over': ({ journey }) => `hands people over to ${named(journey)}`,
};

/** What a step does, completing "it". */
export const doing = (step: Step): string => deeds[step.kind](step as never);
