/**
 * What a condition comes to. `missing`: what it asks for is not known. `until` is the first later instant at which time
 * alone may change that, in milliseconds since 1970; Infinity where it never does.
 */
export type Judged = { readonly result: 'yes' | 'no' | 'missing'; readonly until: number };

/** A result that stands whatever the time is. */
export const always = (result: Judged['result']): Judged => ({ result, until: Infinity });

export const yesOrNo = (holds: boolean): Judged => always(holds ? 'yes' : 'no');

/** Whether `now` lies in `[from, to)`. */
export const during = (now: number, from: number, to: number): Judged => {
  if (now < from && from < to) return { result: 'no', until: from };
  return now < to && now >= from ? { result: 'yes', until: to } : always('no');
};

/** One part that comes to `decisive` settles it; else a part that is missing does. As Kleene's logic has it. */
const settledBy = (decisive: 'yes' | 'no', otherwise: 'yes' | 'no', parts: readonly Judged[]): Judged => {
  const settling = parts.filter(({ result }) => result === decisive);
  if (settling.length > 0) return { result: decisive, until: Math.max(...settling.map(({ until }) => until)) };
  const result = parts.some((part) => part.result === 'missing') ? 'missing' : otherwise;
  return { result, until: Math.min(Infinity, ...parts.map(({ until }) => until)) };
};

/** `no` where a part is, else `missing` where a part is, else `yes`. */
export const allOf = (parts: readonly Judged[]): Judged => settledBy('no', 'yes', parts);

/** `yes` where a part is, else `missing` where a part is, else `no`. */
export const anyOf = (parts: readonly Judged[]): Judged => settledBy('yes', 'no', parts);

const opposite = { yes: 'no', no: 'yes', missing: 'missing' } as const;

/** The opposite; what is missing stays so. */
export const notOf = ({ result, until }: Judged): Judged => ({ result: opposite[result], until });
