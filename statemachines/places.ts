import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node, Pair } from 'yaml';

/** Line and column in a file, counted from 1. */
export type Place = { readonly line: number; readonly column: number };

const beginning: Place = { line: 1, column: 1 };

/** A node of the tree, and the key that it stands behind where it has one. */
type At = { readonly key: Node | undefined; readonly value: Node | undefined };

const nodeOf = (value: unknown, document: Document): Node | undefined => {
  if (isAlias(value)) return nodeOf(value.resolve(document), document);
  return isNode(value) ? value : undefined;
};

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');

/** Of a path's rest: whether it begins with a key. Keys may hold dots themselves. */
const beginsWith = (rest: string, key: string): boolean => rest.startsWith(key) && /^(?:$|[.[])/u.test(rest.slice(key.length));

type Step = { readonly at: At; readonly rest: string };

/** One step down a path; undefined where the document goes no further. */
const stepInto = (value: Node | undefined, rest: string, document: Document): Step | undefined => {
  if (isSeq(value)) {
    const [whole, index] = /^\[(\d+)\]\.?/u.exec(rest) ?? [];
    const item = index === undefined ? undefined : nodeOf(value.items[Number(index)], document);
    return whole === undefined || item === undefined ? undefined : { at: { key: undefined, value: item }, rest: rest.slice(whole.length) };
  }
  if (!isMap(value)) return undefined;
  const [pair] = value.items.filter((pair) => keyOf(pair) !== '' && beginsWith(rest, keyOf(pair)))
    .sort((one, other) => keyOf(other).length - keyOf(one).length);
  if (pair === undefined) return undefined;
  return {
    at: { key: nodeOf(pair.key, document), value: nodeOf(pair.value, document) },
    rest: rest.slice(keyOf(pair).length).replace(/^\./u, ''),
  };
};

/**
 * Finds paths like `steps[3].waitFor[0].of` in a YAML text. A path names a scalar's own place, or the key in front of a
 * list or a mapping; a fault of a key itself asks for its key; where the document ends before the path does, what is missing should stand at the place given.
 */
export const placesIn = (text: string): ((path: string, of?: 'value' | 'key') => Place) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeOf = (node: Node | undefined): Place => {
    const offset = node?.range?.[0];
    if (offset === undefined) return beginning;
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return (path, of = 'value') => {
    let at: At = { key: undefined, value: nodeOf(document.contents, document) };
    let rest = path;
    for (let step = stepInto(at.value, rest, document); rest !== '' && step !== undefined; step = stepInto(at.value, rest, document)) {
      ({ at, rest } = step);
    }
    return placeOf(rest === '' && of === 'value' && isScalar(at.value) ? at.value : at.key ?? at.value);
  };
};

/** The places of the faults that keep a text from being YAML, in the order of {@link parseYaml}'s findings. */
export const placesOfErrors = (text: string): readonly Place[] =>
  parseDocument(text, { prettyErrors: true }).errors.map(({ linePos }) => ({ line: linePos?.[0].line ?? 1, column: linePos?.[0].col ?? 1 }));
