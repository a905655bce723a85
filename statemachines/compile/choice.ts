import type { Choice } from '../asl.ts';

/** A choice among states by the exact value of one part of the payload; the first of two equal values counts. */
export const choice = (
  variable: '$.step' | '$.outcome', ways: readonly (readonly [value: string, next: string])[], otherwise: string,
): Choice => ({
  Type: 'Choice',
  Choices: ways.map(([value, next]) => ({ Variable: variable, StringEquals: value, Next: next })),
  Default: otherwise,
});
