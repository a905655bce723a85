import { expect, test } from 'vitest';
import type { Course, Entry } from '../../../lib/core/simulate/course.ts';
import { compareCourses } from '../../../lib/core/simulate/compare.ts';
import type { Instant } from '../../../lib/core/time.ts';

const day = (number: number): Instant => `2026-11-0${number}T14:00:00.000Z` as Instant;

const course = (...entries: readonly Entry[]): Course => ({ contact: 'c_00000000000000000000000000', entries, end: undefined });

const sent = (template: string, at: Instant): Entry => ({ at, step: template, what: 'sent', template });
const waits = (at: Instant, until: Instant): Entry => ({ at, step: 'pause', what: 'waits', until });

test('two courses with the same messages at the same times do not differ', () => {
  expect(compareCourses(course(sent('invitation', day(2))), course(sent('invitation', day(2))))).toBeUndefined();
});

test('a message that only the other version sends is gained', () => {
  expect(compareCourses(course(sent('invitation', day(2))), course(sent('invitation', day(2)), sent('reminder', day(5))))?.changes)
    .toEqual([{ kind: 'gained', sending: { step: 'reminder', template: 'reminder', at: day(5) } }]);
});

test('a message that only this version sends is lost', () => {
  expect(compareCourses(course(sent('invitation', day(2))), course())?.changes)
    .toEqual([{ kind: 'lost', sending: { step: 'invitation', template: 'invitation', at: day(2) } }]);
});

test('a message at another time is moved', () => {
  const difference = compareCourses(
    course(waits(day(2), day(5)), sent('reminder', day(5))), course(waits(day(2), day(7)), sent('reminder', day(7))),
  );
  expect(difference?.changes).toMatchObject([{ kind: 'moved', from: { at: day(5) }, to: { at: day(7) } }]);
});

test('the ways part where the first thing differs', () => {
  const difference = compareCourses(
    course(sent('invitation', day(2)), waits(day(2), day(5)), sent('reminder', day(5))),
    course(sent('invitation', day(2)), waits(day(2), day(7)), sent('reminder', day(7))),
  );
  expect(difference?.why).toEqual({ before: waits(day(2), day(5)), after: waits(day(2), day(7)) });
});
