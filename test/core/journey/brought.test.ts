import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EventDefinition } from '../../../lib/core/event/definition.ts';
import { readJourney } from '../../../lib/core/journey/read.ts';
import { context } from './cases.ts';

const visit = EventDefinition.parse({
  event: 'scan.booked', title: 'A scan', classes: ['appointment_logistics'],
  attributes: { startsAt: { type: 'instant', reveals: 'appointment_logistics' } },
});

const why = 'source: a system of our own, because: treatment';
const event = `{ event: scan.booked, ${why} }`;
const list = `{ segment: members, ${why} }`;
// Its message reads run.startsAt.
const read = '{ id: told, send: with-attribute }';

/** What is said against a journey, as code and path. */
const faults = (ways: readonly string[], steps: readonly string[], format = 2): readonly string[] => {
  const result = readJourney(parse(`
format: ${format}
journey: example
title: A journey
message: { purpose: appointment_reminder, content: [contact_info, appointment_logistics], segment: [contact_info, demographic, appointment_logistics] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: [${ways.join(', ')}]
steps: [${steps.join(', ')}, { id: done, end: completed }]
`), { ...context, events: [...context.events, visit] });
  return 'findings' in result ? result.findings.map(({ code, path }) => `${code} ${path}`) : [];
};

const refused = ['journey.attribute-not-brought steps[0].send'];

describe('a message that reads an attribute of the run', () => {
  it('stands in a journey whose every run has it', () => {
    expect(faults([event], [read])).toEqual([]);
  });

  it.each([
    ['a list', list],
    ['joining', `{ joins: guests, ${why} }`],
    ['a date', `{ date: { field: birthDate, time: "09:00" }, ${why} }`],
    ['a condition', `{ becomes: { field: language, equals: es }, ${why} }`],
    ['inactivity', `{ inactive: { for: 90 days }, ${why} }`],
    ['an event without it', `{ event: lab.booked, ${why} }`],
  ])('is refused beside %s', (_, way) => {
    expect(faults([event, way], [read])).toEqual(refused);
  });

  it('stands beside a hand-over, which brings the attributes of the other run', () => {
    expect(faults([event, `{ handOver: { from: [other] }, ${why} }`], [read])).toEqual([]);
  });

  it('stands beside a list in a document of the first format, which may have been published so', () => {
    expect(faults([event, list], [read], 1)).toEqual([]);
  });

  it('is unknown, and nothing more, where no way in brings it', () => {
    expect(faults([list], [read])).toEqual(['journey.unknown-attribute steps[0].send']);
  });
});

describe('a message that whoever the list enters does not come to', () => {
  it.each([
    ['a branch asks whether it is there', ['{ id: ask, branch: [{ when: { attribute: startsAt, exists: true }, then: told }], otherwise: done }', read]],
    ['a branch asks whether it is not there', ['{ id: ask, branch: [{ when: { attribute: startsAt, exists: false }, then: done }], otherwise: told }', read]],
    ['a branch that reads it leads elsewhere', ['{ id: ask, branch: [{ when: { attribute: startsAt, inNext: 3 days }, then: told }], missing: done, otherwise: done }', read]],
    ['a wait is skipped without it', ['{ id: pause, waitUntil: { before: { attribute: startsAt, by: 1 day }, time: "09:00", zone: contact, ifPast: go-on, ifMissing: skip } }', read]],
    ['a wait ends the run without it', ['{ id: pause, waitUntil: { before: { attribute: startsAt, by: 1 day }, time: "09:00", zone: contact, ifPast: go-on, ifMissing: exit } }', read]],
  ])('is not refused: %s', (_, steps) => {
    expect(faults([event, list], steps)).toEqual([]);
  });

  it.each([
    ['a branch that asks something else', '{ id: ask, branch: [{ when: { segment: guests }, then: told }], otherwise: done }'],
    ['a wait that goes on without it', '{ id: pause, waitUntil: { before: { attribute: startsAt, by: 1 day }, time: "09:00", zone: contact, ifPast: go-on, ifMissing: go-on } }'],
  ])('is refused behind %s', (_, before) => {
    expect(faults([event, list], [before, read])).toEqual(['journey.attribute-not-brought steps[1].send']);
  });
});
