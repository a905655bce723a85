import { expect, test } from 'vitest';
import { help, readCommand } from '../../../bin/command-line.ts';

test('the demo lives through thirty days with 33 contacts unless told otherwise', () => {
  expect(readCommand(['demo'])).toEqual(
    { name: 'demo', port: 4780, data: '.sendwell/demo', days: 30, contacts: 33, seed: 1, json: false, keep: false });
});

test('start takes the time of the machine unless told otherwise', () => {
  expect(readCommand(['start'])).toEqual({ name: 'start', port: 4780, data: '.sendwell/data', now: undefined, throwAway: false });
});

test('an instant with an offset is read as what it is in UTC', () => {
  expect(readCommand(['start', '--now', '2026-11-02T09:00:00-05:00'])).toMatchObject({ now: '2026-11-02T14:00:00.000Z' });
});

test('an instant without an offset is refused', () => {
  expect(() => readCommand(['start', '--now', '2026-11-02T09:00:00'])).toThrow('--now takes an instant with an offset');
});

test('a number out of range is refused with the range', () => {
  expect(() => readCommand(['demo', '--days', '0'])).toThrow('--days takes a whole number from 1 to 3650');
});

test('an option of the other command is refused', () => {
  expect(() => readCommand(['start', '--json'])).toThrow('start has no option --json; --help tells more');
});

test('an unknown command is refused', () => {
  expect(() => readCommand(['dance'])).toThrow('say demo or start; --help tells more');
});

test('help names every option', () => {
  expect(help.match(/^ {2}--[a-z-]+/gmu)?.map((line) => line.trim()))
    .toEqual(['--data', '--port', '--help', '--days', '--contacts', '--seed', '--json', '--keep', '--now', '--throw-away']);
});
