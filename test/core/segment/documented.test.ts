import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BranchDocument } from '../../../lib/core/journey/kinds/branch.ts';
import { SplitDocument } from '../../../lib/core/journey/kinds/split.ts';
import { Condition } from '../../../lib/core/segment/condition.ts';
import { canBeMissing } from '../../../lib/core/segment/needs.ts';

const page = readFileSync(new URL('../../../docs/conditions.md', import.meta.url), 'utf8');
const [forms, branch, split] = [...page.matchAll(/```yaml\n([^]*?)```/gu)].map(([, text = '']): unknown => parse(text));

describe('the page on conditions', () => {
  it('has examples that are conditions', () => {
    const refused = (forms as readonly unknown[]).filter((form) => !Condition.safeParse(form).success);
    expect(refused).toEqual([]);
  });

  it('has an example of every form', () => {
    const keys = new Set((forms as readonly object[]).flatMap((form) => Object.keys(form)));
    expect([...keys].sort()).toEqual([
      'after', 'all', 'any', 'atLeast', 'atMost', 'attribute', 'before', 'bounced', 'clicked', 'equals', 'event', 'exists', 'field',
      'inLast', 'inNext', 'includes', 'includesAny', 'not', 'olderThan', 'oneOf', 'opened', 'outcome', 'segment', 'where', 'within',
    ]);
  });

  it('tells which of them can be missing', () => {
    const never = (forms as readonly object[]).filter((form) => !canBeMissing(Condition.parse(form))).map((form) => Object.keys(form)[0]);
    expect([...new Set(never)]).toEqual(['field', 'segment', 'opened', 'clicked', 'bounced', 'event', 'outcome', 'any']);
  });

  it('has a branch and a split that an author may write', () => {
    expect(BranchDocument.safeParse(branch).success).toBe(true);
    const { steps } = split as { readonly steps: readonly unknown[] };
    expect(steps.map((step) => SplitDocument.safeParse(step).success)).toEqual([true]);
  });
});
