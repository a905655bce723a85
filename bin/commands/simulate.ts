import defaults from '../../cdk.json' with { type: 'json' };
import { Organisation } from '../../lib/core/organisation.ts';
import { Behaviour } from '../../lib/core/simulate/behaviour.ts';
import { addSeconds, instantOf } from '../../lib/core/time.ts';
import { parseInstant } from '../../lib/core/offset-instant.ts';
import type { Instant } from '../../lib/core/time.ts';
import { readData } from '../data.ts';
import { exit, Unreachable, Usage } from '../exit.ts';
import { newestIn } from '../journeys/layout.ts';
import { cohortIn } from '../simulate/cohort.ts';
import { tellDifferences, tellSimulation } from '../simulate/tell.ts';
import { simulateCohort } from '../simulate/walk.ts';
import { wholeNumber } from '../words.ts';
import { defineCommand, onlyWord } from './command.ts';

const startOf = (text: string | undefined): Instant => {
  if (text === undefined) return instantOf(Math.floor(Date.now() / 60_000) * 60_000);
  try {
    return parseInstant(text);
  } catch {
    throw new Usage('--start takes an instant with an offset, like 2026-12-01T09:00:00-05:00');
  }
};

const behaviourIn = (file: string | undefined): Behaviour => {
  const read = Behaviour.safeParse(file === undefined ? {} : readData(file));
  if (read.success) return read.data;
  throw new Usage(['the behaviour does not fit:', ...read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)].join('\n'));
};

const versionIn = (path: string) => {
  const built = newestIn(path);
  if ('findings' in built) throw new Unreachable(`${path} has faults; sendwell validate ${path} lists them`);
  return built;
};

export const command = defineCommand({
  usage: ['simulate <journey folder> [--cohort <file>] [--behaviour <file>] [--against <version folder>] [--json]'],
  about: `Takes a cohort through a version of a journey in memory, with the clock free: what each contact would get and when,
quiet hours, caps and changes of summer time included. Nothing is sent and nothing is kept. With --against it tells
who would get something different under the other version, and where the two ways part.

A cohort is a file of contacts as the API imports them, each with what it may say beside: entersAt, segments, consents,
attributes (of the event that enters it), and what happens to it: { at, click, of }, { at, open }, { at, joins },
{ at, leaves } or { at, event, attributes }. Without one, made-up patients walk.
A behaviour is a file: seed, and reactions like { to: invite, click: webinar, share: 20, after: [1 hour, 2 days] }.`,
  options: {
    cohort: { takes: '<file>', help: 'Contacts, YAML or JSON.' },
    contacts: { takes: '<n>', help: 'How many walk, 1 to 1000000; a smaller cohort is repeated.' },
    behaviour: { takes: '<file>', help: 'What a share of them does about each message.' },
    start: { takes: '<instant>', help: 'When they enter. Default: this minute.' },
    days: { takes: '<n>', help: 'How long the simulation lasts, 1 to 3650. Default: 365.' },
    against: { takes: '<folder>', help: 'Another version, to compare with.' },
    show: { takes: '<n>', help: 'How many contacts are told one by one, 0 to 1000. Default: 3.' },
  },
  run: async (given, terminal) => {
    const { options, json } = given;
    const start = startOf(options.start);
    const built = versionIn(onlyWord(given, 'journey'));
    const other = options.against === undefined ? undefined : versionIn(options.against);
    const read = options.cohort === undefined ? undefined : readData(options.cohort);
    const cohort = cohortIn(read, { start, segments: built.segments, contacts: options.contacts === undefined ? undefined : wholeNumber('contacts', options.contacts, 1, 1, 1_000_000) });
    if ('faults' in cohort) {
      if (json) terminal.out(JSON.stringify({ refused: cohort.faults }));
      else terminal.err(cohort.faults.map(({ row, code, path }) => `contact ${row}: ${code}${path === '' ? '' : ` at ${path}`}`).join('\n'));
      return exit.no;
    }
    const world = {
      organisation: Organisation.parse(defaults.context.organisation), behaviour: behaviourIn(options.behaviour),
      until: addSeconds(start, wholeNumber('days', options.days, 365, 1, 3650) * 86_400),
    };
    const shown = wholeNumber('show', options.show, 3, 0, 1000);
    const simulation = await simulateCohort({ world, version: built, against: other, cohort, shown, progress: terminal.progress });
    if (json) terminal.out(JSON.stringify(simulation));
    else terminal.out([...tellSimulation(simulation, terminal), ...(simulation.differences === undefined ? [] : tellDifferences(simulation.differences, terminal))].join('\n'));
    return exit.fine;
  },
});
