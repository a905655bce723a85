import { expect, test } from 'vitest';
import { attributeReader, readAttributes } from '../../../lib/core/event/attributes.ts';
import type { EventDefinition } from '../../../lib/core/event/definition.ts';
import { Phi } from '../../../lib/core/phi.ts';

const definition: EventDefinition = {
  event: 'lab.booked', title: 'A visit was booked', classes: [],
  attributes: {
    kind: { type: 'id', reveals: 'appointment_detail' },
    note: { type: 'text', reveals: 'appointment_detail' },
    days: { type: 'number', reveals: 'appointment_logistics' },
    first: { type: 'boolean', reveals: 'appointment_logistics' },
    on: { type: 'date', reveals: 'appointment_logistics' },
    startsAt: { type: 'instant', reveals: 'appointment_logistics' },
  },
};

const opened = (given: Readonly<Record<string, unknown>>) => {
  const read = readAttributes(definition, given);
  return 'attributes' in read ? read.attributes.open() : read;
};

test('attributes of each type are read, an instant in UTC', () => {
  expect(opened({ kind: 'a-1', note: 'By the north door', days: 2.5, first: false, on: '2026-11-30', startsAt: '2026-11-30T10:00:00+01:00' }))
    .toEqual({ kind: 'a-1', note: 'By the north door', days: 2.5, first: false, on: '2026-11-30', startsAt: '2026-11-30T09:00:00.000Z' });
});

test('none of them is needed', () => {
  expect(opened({})).toEqual({});
});

test('a value of another type is refused with its path and without the value', () => {
  expect(opened({ kind: 'two words', note: '', days: '2', first: 'yes', on: '30.11.2026', startsAt: '2026-11-30' })).toEqual({
    faults: [
      'attributes.kind: expected id', 'attributes.note: expected text', 'attributes.days: expected number',
      'attributes.first: expected boolean', 'attributes.on: expected date', 'attributes.startsAt: expected instant',
    ],
  });
});

test('an attribute that is not declared is refused, and a name that may be a value is not repeated', () => {
  expect(opened({ constructor: 1, 'Ada Example': true })).toEqual({ faults: ['attributes.constructor: not declared', 'attributes.*: not declared'] });
});

test('an event that is not declared has no attributes', () => {
  expect(readAttributes(undefined, { kind: 'a-1' })).toEqual({ faults: ['attributes.kind: not declared'] });
});

test('opened attributes are read by name, and what is not there reads as missing', () => {
  const read = attributeReader(new Phi({ kind: 'a-1' }));
  expect([read('kind'), read('days'), read('constructor')]).toEqual(['a-1', undefined, undefined]);
});

test('what does not fit reads as missing', () => {
  expect(attributeReader(new Phi(['a-1']))('0')).toBeUndefined();
  expect(attributeReader(undefined)('kind')).toBeUndefined();
});
