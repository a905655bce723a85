/** What comes of judging the condition of a trigger once more. */
export type Edge = {
  /** The condition came true. */
  readonly enters: boolean;
  /** What to remember of it; undefined where that is known already. */
  readonly keep: boolean | undefined;
};

/**
 * Tells a condition that comes true from one that is true. Of a contact that is looked at for the first time nobody knows
 * what held before, so whoever fulfils it then is not entered; a contact that has just come into being fulfilled nothing.
 */
export const edgeOf = (before: boolean | undefined, result: 'yes' | 'no' | 'missing', isNew: boolean): Edge => {
  const holds = result === 'yes';
  const known = before ?? (isNew ? false : undefined);
  return { enters: holds && known === false, keep: before === holds ? undefined : holds };
};
