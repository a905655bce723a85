import type { Name } from '../../ids.ts';
import { asking, filtering } from '../difference/asking.ts';
import { named } from '../difference/words.ts';
import { readsOutcome } from '../../segment/condition.ts';
import type { Awaited, Kind, Step, StepOf } from '../plan.ts';

/** A line of the picture from a step to another; without words where a step leads one way only. */
export type Way = { readonly to: Name; readonly words?: string };

type AwaitedOf<T extends Awaited['type']> = Extract<Awaited, { type: T }>;

const awaited: { readonly [T in Awaited['type']]: (on: AwaitedOf<T>) => string } = {
  click: ({ link, of }) => `${link === undefined ? 'a link' : `the link ${named(link)}`} of ${named(of)} is clicked`,
  open: ({ of }) => `the mail of ${named(of)} is opened`,
  bounce: ({ of }) => `the mail of ${named(of)} bounces`,
  api: ({ name, where }) => `${named(name)} comes${where === undefined ? '' : ` where ${filtering(where)}`}`,
  change: ({ field }) => `their ${field} changes`,
  segment: ({ segment, change }) => `they ${change === 'joined' ? 'join' : 'leave'} ${named(segment)}`,
  passes: ({ when }) => asking(when),
};

const choice = ({ label, when, next }: StepOf<'branch'>['choices'][number]): Way =>
  ({ to: next, words: readsOutcome(when) && when.outcome === label ? label : `${label}: ${asking(when)}` });

const table: { readonly [K in Kind]: (step: StepOf<K>) => readonly Way[] } = {
  send: ({ next }) => [{ to: next }],
  wait: ({ next, skipTo }) => (skipTo === undefined ? [{ to: next }] : [{ to: next, words: 'passed' }, { to: skipTo, words: 'skipped' }]),
  'wait-for-event': ({ events, timeout }) => [
    ...events.map(({ label, on, next }) => ({ to: next, words: `${label}: ${awaited[on.type](on as never)}` })),
    { to: timeout, words: 'timeout' },
  ],
  branch: ({ choices, otherwise, missing }) => [
    ...choices.map(choice),
    ...(missing === undefined ? [] : [{ to: missing, words: 'missing' }]),
    { to: otherwise, words: 'otherwise' },
  ],
  split: ({ arms }) => arms.map(({ label, share, next }) => ({ to: next, words: `${label}: ${share}%` })),
  'go-to': ({ next }) => [{ to: next }],
  'add-to-segment': ({ next }) => [{ to: next }],
  end: () => [],
  'hand-over': () => [],
};

/** Every way that leads from a step, in the author's order. */
export const waysOut = (step: Step): readonly Way[] => table[step.kind](step as never);
