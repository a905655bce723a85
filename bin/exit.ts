/** What a command ends with, for scripts. */
export const exit = {
  /** It was done, or the answer is yes. */
  fine: 0,
  /** The answer is no, or there are findings. */
  no: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A file or the API cannot be reached or read. */
  unreachable: 3,
  /** What was asked for goes on, and was not done in the time that was given for it. */
  unfinished: 4,
} as const;

/** The command line is wrong; says what to write instead. */
export class Usage extends Error {
  override readonly name = 'Usage';
}

/** The API understood and refused, with a code of the error table. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly remedy: string;
  /** Paths and codes of faults in what was sent. */
  readonly faults: readonly string[];

  constructor(code: string, remedy: string, faults: readonly string[] = []) {
    super([`${code}: ${remedy}`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.code = code;
    this.remedy = remedy;
    this.faults = faults;
  }
}

/** A file or the API cannot be reached or read. The message names it and holds nothing of what it says. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
