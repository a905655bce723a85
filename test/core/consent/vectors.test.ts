import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { decide } from '../../../lib/core/consent/decide.ts';
import type { Policy } from '../../../lib/core/consent/policy.ts';

type Vector = {
  id: string;
  description: string;
  contact: unknown;
  message: unknown;
  now: string;
  policy?: Partial<Policy>;
  expected: { decision: string; reason: string; basis: string[]; evidence: string[]; retry_at?: string };
};

const file = new URL('../../fixtures/consent/vectors.jsonl', import.meta.url);
const vectors = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Vector);

describe("the project's public consent vectors", () => {
  test.each(vectors)('$id: $description', ({ contact, message, now, policy, expected }) => {
    const { decision, reason, basis, evidence, ...rest } = decide(contact, message, now, policy);
    expect({ decision, reason, basis: basis.toSorted(), evidence: evidence.toSorted() }).toEqual({
      decision: expected.decision,
      reason: expected.reason,
      basis: expected.basis.toSorted(),
      evidence: expected.evidence.toSorted(),
    });
    const retryAt = 'retry_at' in rest ? Date.parse(rest.retry_at) : undefined;
    expect(retryAt).toBe(expected.retry_at === undefined ? undefined : Date.parse(expected.retry_at));
  });
});
