import { readFileSync } from 'node:fs';
import { decide } from '../../core/consent/decide.ts';
import type { Policy } from '../../core/consent/policy.ts';

export type DecisionRate = { readonly cases: number; readonly perSecond: number };

type Vector = { readonly contact: unknown; readonly message: unknown; readonly now: string; readonly policy?: Partial<Policy> };

/**
 * How many decisions one core makes in a second, over the cases of a file in turn.
 *
 * @param file JSON lines with `contact`, `message`, `now` and perhaps `policy`.
 * @param milliseconds To decide for; a fifth of it goes first and is not counted.
 */
export const measureDecisions = (file: string, milliseconds: number): DecisionRate => {
  const vectors = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Vector);
  const decideFor = (limit: number): number => {
    const began = performance.now();
    let decided = 0;
    while (performance.now() - began < limit) {
      for (const { contact, message, now, policy } of vectors) decide(contact, message, now, policy);
      decided += vectors.length;
    }
    return decided / (performance.now() - began) * 1000;
  };
  decideFor(milliseconds / 5);
  return { cases: vectors.length, perSecond: decideFor(milliseconds) };
};
