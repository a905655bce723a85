import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { pathOf } from '../../lib/core/journey/findings.ts';
import { placesIn, placesOfErrors } from '../../statemachines/places.ts';

const text = `# A journey
journey: checkup
message: { purpose: health_education, content: [contact_info] }
steps:
  - id: invite
    send: invitation
  - waitFor:
      - click: plan
        of: invite
    within: 7 days
`;

const at = (path: string, of?: 'value' | 'key') => {
  const { line, column } = placesIn(text)(path, of);
  return `${line}:${column}`;
};

test.each([
  ['journey', '2:10'], ['message.purpose', '3:21'], ['message.content[0]', '3:49'], ['steps[0].send', '6:11'],
  ['steps[1].waitFor[0].of', '9:13'], ['steps[1].within', '10:13'],
])('a value is found at its own place: %s', (path, place) => {
  expect(at(path)).toBe(place);
});

test.each([['message', '3:1'], ['message.content', '3:39'], ['steps', '4:1'], ['steps[1].waitFor', '7:5'], ['steps[0]', '5:5']])(
  'a list or a mapping is found at its key, an item where it begins: %s', (path, place) => {
    expect(at(path)).toBe(place);
  });

test('a fault of a key is found at the key', () => {
  expect(at('steps[0].send', 'key')).toBe('6:5');
});

test.each([['steps[1].otherwise', '7:5'], ['message.topic', '3:1'], ['steps[9].send', '4:1'], ['title', '2:1'], ['', '2:1']])(
  'what is missing is found where it should stand: %s', (path, place) => {
    expect(at(path)).toBe(place);
  });

test('a value behind an alias is found at its anchor', () => {
  expect(placesIn('first: &a { within: 7 }\nsecond: *a\n')('second.within')).toEqual({ line: 1, column: 21 });
});

test('a key may hold dots', () => {
  expect(placesIn('a: 1\na.b:\n  c: 2\n')('a.b.c')).toEqual({ line: 3, column: 6 });
});

test('a text without a document has its beginning', () => {
  expect(placesIn('')('steps[0]')).toEqual({ line: 1, column: 1 });
});

test('faults of the YAML itself have a place each, in order', () => {
  expect(placesOfErrors('journey: a\nsteps:\n  - send: [\n')).toEqual([{ line: 4, column: 1 }]);
});

const key = fc.stringMatching(/^[a-z][a-z-]{0,8}$/u);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constant('leaf'),
    fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 4 }),
    fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  ),
})).node;

type Leaf = { readonly path: string; readonly value: number };

/** Numbers the leaves from 1000 on, so that each can be told from the others in the text. */
const numbered = (node: unknown, path: readonly PropertyKey[], leaves: Leaf[]): unknown => {
  if (Array.isArray(node)) return node.map((item, index) => numbered(item, [...path, index], leaves));
  if (typeof node === 'object' && node !== null) {
    return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, numbered(inner, [...path, name], leaves)]));
  }
  const leaf = { path: pathOf(path), value: 1000 + leaves.length };
  leaves.push(leaf);
  return leaf.value;
};

test('every value of any document is found where it stands', () => {
  fc.assert(fc.property(tree, fc.boolean(), (shape, flow) => {
    const leaves: Leaf[] = [];
    const text = stringify(numbered(shape, [], leaves), flow ? { collectionStyle: 'flow' } : {});
    const lines = text.split('\n');
    const placeOf = placesIn(text);
    for (const { path, value } of leaves) {
      const { line, column } = placeOf(path);
      expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^${value}\\b`, 'u'));
    }
  }), { numRuns: 500 });
});
