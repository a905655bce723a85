import { describe, expect, it } from 'vitest';
import { findingTable } from '../../../lib/core/journey/findings.ts';
import { casesWith, expectedIn, planOf, readCase } from './cases.ts';

const bad = casesWith('findings.json');

describe('a journey with faults', () => {
  it.each(bad)('is refused with code, path and remedy: %s', (name) => {
    const read = readCase(name);
    const findings = 'findings' in read ? read.findings : [];
    expect(findings.map(({ code, path }) => ({ code, path }))).toEqual(expectedIn(name, 'findings.json'));
    for (const { code, message, remedy } of findings) {
      expect(remedy).toBe(findingTable[code]);
      expect(message).not.toBe('');
    }
  });
});

describe('a journey without faults', () => {
  const plan = planOf(readCase('every-kind'));

  it('makes ids from kind and position', () => {
    expect(Object.keys(plan.steps)).toEqual([
      'first', 'answer', 'branch-3', 'by-age', 'slot', 'send-6', 'wait-7', 'go-to-8', 'guests', 'go-to-10', 'done',
    ]);
  });

  it('starts at the first step', () => {
    expect(plan.start).toBe('first');
  });

  it('leads each step to the one that follows where the author names no other', () => {
    expect(plan.steps['first']).toEqual({ id: 'first', kind: 'send', visits: 3, template: 'hello', next: 'answer' });
  });

  it('labels a click by its link and an event by its words', () => {
    expect(plan.steps['answer']).toEqual({
      id: 'answer',
      kind: 'wait-for-event',
      visits: 3,
      events: [
        { label: 'guest', on: { type: 'click', link: 'webinar', of: 'first' }, next: 'guests' },
        { label: 'more', on: { type: 'click', link: 'more', of: 'first' }, next: 'branch-3' },
        { label: 'portal-login', on: { type: 'api', name: 'portal.login' }, next: 'branch-3' },
      ],
      within: { days: 1, hours: 12, minutes: 0 },
      timeout: 'slot',
    });
  });

  it('allows one visit more than a go-to may lead back, on its way round only', () => {
    expect(Object.values(plan.steps).map(({ id, visits }) => [id, visits])).toEqual([
      ['first', 3], ['answer', 3], ['branch-3', 3], ['by-age', 3], ['slot', 3], ['send-6', 3], ['wait-7', 3],
      ['go-to-8', 3], ['guests', 1], ['go-to-10', 1], ['done', 1],
    ]);
  });

  it('has the settings that the author left out', () => {
    expect({ priority: plan.priority, reenter: plan.reenter, topic: plan.message.topic })
      .toEqual({ priority: 5, reenter: 'never', topic: null });
  });
});

describe('the message of a finding', () => {
  const messages = (name: string) => {
    const read = readCase(name);
    return 'findings' in read ? read.findings.map(({ message }) => message) : [];
  };

  it('asks for a name in words, not as a pattern', () => {
    expect(messages('invalid-value')[1]).toBe('lower-case words joined by hyphens are expected, like "follow-up"');
  });

  it('says what a condition may be', () => {
    expect(messages('invalid-condition')).toEqual([
      'a condition is { outcome }, { field } or { attribute } with one test, { segment }, { opened }, { clicked }, { bounced }, { event }, '
      + '{ all }, { any } or { not }; the tests are equals, oneOf, atLeast, atMost, includes, includesAny, exists, inLast, inNext, olderThan, before and after',
    ]);
  });

  it('names the fields that reveal a class, and what reads them', () => {
    expect(messages('undeclared-class')[0]).toBe('medication is revealed by medications in template "with-codes"');
  });
});
