import { describe, expect, test } from 'vitest';

import { denials, permits } from '../../../lib/core/consent/codes.ts';
import { decide } from '../../../lib/core/consent/decide.ts';
import { isGroup } from '../../../lib/core/consent/rule.ts';
import { table } from '../../../lib/core/consent/table.ts';
import { noon } from './builders.ts';
import { cases } from './reasons.ts';

describe('each reason is reached', () => {
  test.each(Object.entries(cases))('%s: $name', (reason, { contact, message, now = noon, policy, ...expected }) => {
    const made = decide(contact, message, now, policy);
    expect(made.reason).toBe(reason);
    expect(made.decision).toBe(reason.startsWith('PERMIT_') ? 'permit' : 'deny');
    expect(made.basis.toSorted()).toEqual((expected.basis ?? []).toSorted());
    expect(made.evidence.toSorted()).toEqual((expected.evidence ?? []).toSorted());
    expect('retry_at' in made ? made.retry_at : undefined).toBe(expected.retryAt);
  });
});

test('every code has a case', () => {
  expect(Object.keys(cases).toSorted()).toEqual([...denials, ...permits].toSorted());
});

test('the table reaches every denial, in the order in which the codes are listed', () => {
  const listed = table.flatMap((row) => (isGroup(row) ? row.codes.map(({ code }) => code) : [row.code]));
  expect([...new Set(listed)]).toEqual([...denials]);
});

test('every row cites its source', () => {
  const cites = table.flatMap((row) => [row.cite, ...(isGroup(row) ? row.codes.map(({ cite }) => cite) : [])]);
  expect(cites.filter((cite) => cite.length < 6)).toEqual([]);
});
