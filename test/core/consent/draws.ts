import * as fc from 'fast-check';

import { DataClass } from '../../../lib/core/consent/classes.ts';

export const few = <T>(item: fc.Arbitrary<T>, most = 2): fc.Arbitrary<T[]> => fc.array(item, { maxLength: most });
export const mostly = <T>(usual: T, weight: number, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
export const yes = mostly(true, 19, false);
export const no = mostly(false, 19, true);

/** Around the hours and days at which windows open, years turn, and records meet the instant of sending. */
export const moments = [
  '2026-03-08T06:59:59Z',
  '2026-03-30T12:00:00Z',
  '2026-04-01T16:00:00Z',
  '2026-04-02T12:00:00Z',
  '2026-04-02T16:00:00Z',
  '2026-04-02T16:00:01Z',
  '2026-04-03T02:00:00Z',
  '2026-04-05T16:00:00Z',
  '2026-07-15T04:00:00Z',
  '2026-11-01T06:30:00Z',
];
export const now = mostly('2026-04-02T16:00:00Z', 4, ...moments);
export const early = mostly('2026-01-05T17:00:00Z', 3, '2025-03-01T00:00:00Z', ...moments);
export const absent = <T>(item: fc.Arbitrary<T>, freq = 4): fc.Arbitrary<T | null> => fc.option(item, { freq });
/** Null nine times in ten. */
export const seldom = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: item });

export const rarely = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | null> => seldom(seldom(item));

export const dataClass = fc.constantFrom(...DataClass.options);
export const mildClass = fc.constantFrom<DataClass>(
  'contact_info',
  'demographic',
  'dates_of_service',
  'appointment_logistics',
);
export const someClasses = fc.oneof(
  { weight: 5, arbitrary: few(mildClass) },
  { weight: 1, arbitrary: few(dataClass, 1) },
);
export const sudOrNot = fc.oneof(
  { weight: 9, arbitrary: someClasses },
  { weight: 1, arbitrary: fc.constant<DataClass[]>(['sud_part2']) },
);
export const heldClasses = fc.oneof(
  { weight: 4, arbitrary: fc.constant<DataClass[]>([...DataClass.options]) },
  { weight: 1, arbitrary: someClasses },
);
export const classesOrAll = fc.oneof(
  fc.constant<(DataClass | '*')[]>(['*']),
  fc.constant<(DataClass | '*')[]>(['*']),
  few(dataClass),
);
export const entities = mostly(['clinic', 'maker', 'plan'], 9, ['clinic'], ['maker'], []);
export const formPurposes = mostly(
  ['marketing.own', 'marketing.third_party', 'fundraising'],
  5,
  ['tpo'],
  ['marketing.own'],
  ['fundraising'],
  [],
);
