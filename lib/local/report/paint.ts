import { styleText } from 'node:util';

/** How a text stands out. */
export type Paint = { readonly [T in 'good' | 'bad' | 'quiet' | 'strong']: (text: string) => string };

const asIs = (text: string): string => text;

/** No colours: what is piped, kept or compared. */
export const plain: Paint = { good: asIs, bad: asIs, quiet: asIs, strong: asIs };

const styled = (format: 'green' | 'red' | 'dim' | 'bold') => (text: string): string =>
  styleText(format, text, { validateStream: false });

const colours: Paint = { good: styled('green'), bad: styled('red'), quiet: styled('dim'), strong: styled('bold') };

/** Colours on a terminal only, and never against the reader's wish. @see https://no-color.org */
export const paintFor = (stream: { readonly isTTY?: boolean }, environment: Readonly<Record<string, string | undefined>>): Paint =>
  (stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' ? colours : plain);
