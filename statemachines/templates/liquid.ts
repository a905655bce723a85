/** A piece of Liquid, an output or a tag. */
const piece = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/gu;

const markPattern = /zzliquid(\d+)zz/gu;
const markOf = (index: number): string => `zzliquid${index}zz`;

/** Texts in which marks of letters and digits stand for Liquid, so that no other tool touches it. */
export type Protected<T> = {
  readonly texts: T;
  /** The Liquid that a text is a mark of, and nothing else; undefined for any other text. */
  readonly liquidOf: (text: string) => string | undefined;
  /** Puts the Liquid back. */
  readonly restore: (text: string) => string;
};

export const protect = <T extends Readonly<Record<string, string>>>(sources: T): Protected<T> => {
  const pieces: string[] = [];
  const marked = (source: string): string => source.replaceAll(piece, (found) => markOf(pieces.push(found) - 1));
  return {
    texts: Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, marked(source)])) as T,
    liquidOf: (value) => {
      const index = /^zzliquid(\d+)zz$/u.exec(value.trim())?.[1];
      return index === undefined ? undefined : pieces[Number(index)];
    },
    restore: (value) => value.replaceAll(markPattern, (_, index: string) => pieces[Number(index)] ?? ''),
  };
};

export const marksIn = (text: string): readonly string[] => text.match(markPattern) ?? [];

/** Tells a tag, which prints nothing, from an output. */
export const isTag = (liquid: string): boolean => liquid.startsWith('{%');
