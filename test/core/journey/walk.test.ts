import { describe, expect, it } from 'vitest';
import { after, passed, pastGoTos, resumeAt } from '../../../lib/core/journey/walk.ts';
import { planOf, readCase, readText } from './cases.ts';

const plan = planOf(readCase('every-kind'));

describe('the step that follows', () => {
  it('is where the label of an event leads', () => {
    expect(after(plan, 'answer', 'guest')).toBe('guests');
  });

  it('is where the timeout of an event wait leads', () => {
    expect(after(plan, 'answer', 'timeout')).toBe('slot');
  });

  it('does not exist for an outcome that an event wait does not have', () => {
    expect(() => after(plan, 'answer', 'sent')).toThrow('internal');
  });

  it('is where a branch on outcomes leads by the outcome that it was reached with', () => {
    expect(after(plan, 'branch-3', 'more')).toBe('by-age');
  });

  it('is the fallback of a branch for any other outcome', () => {
    expect(after(plan, 'branch-3', 'guest')).toBe('slot');
  });

  it('is where a branch on fields leads by its own label', () => {
    expect(after(plan, 'by-age', 'senior')).toBe('slot');
  });

  it('does not exist after an end', () => {
    expect(after(plan, 'done', 'none')).toBeUndefined();
  });
});

describe('a parked enrolment', () => {
  it('goes on where its wait leads, past a go-to', () => {
    expect(resumeAt(plan, 'wait-7', 'passed')).toBe('first');
  });

  it('goes on at a branch on outcomes, which an execution may start at', () => {
    expect(resumeAt(plan, 'answer', 'more')).toBe('branch-3');
  });

  it('goes on at the send itself that quiet hours put off', () => {
    expect(resumeAt(plan, 'send-6', 'none')).toBe('send-6');
  });

  it('goes on where a go-to leads, back to the very step it is parked at too', () => {
    const looping = planOf(readText(`
journey: patient
title: A patient journey
message: { purpose: health_education }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:
  - { id: answer, waitFor: [{ event: portal.login, then: done }], within: 1 day }
  - { id: again, goTo: { step: answer, atMost: 3 } }
  - { id: done, end: completed }
`));
    expect(resumeAt(looping, 'answer', 'timeout')).toBe('answer');
  });
});

describe('what a contact passes between two tasks', () => {
  it('is the branch on outcomes between them', () => {
    expect(passed(plan, 'answer', 'portal-login', 'done')).toEqual(['branch-3']);
  });

  it('is the branch on outcomes that the execution started at', () => {
    expect(passed(plan, 'branch-3', 'more', 'by-age')).toEqual(['branch-3']);
  });

  it('is a go-to between them', () => {
    expect(passed(plan, 'guests', 'guest', 'done')).toEqual(['go-to-10']);
  });

  it('is nothing at the task that an execution starts at', () => {
    expect(passed(plan, 'send-6', 'none', 'send-6')).toEqual([]);
  });

  it('is not told for a task that the way does not lead to', () => {
    expect(() => passed(plan, 'guests', 'guest', 'first')).toThrow('internal');
  });
});

describe('a chain of go-tos', () => {
  it('leads where its last one leads', () => {
    expect(pastGoTos(plan, 'go-to-10')).toBe('done');
  });
});
