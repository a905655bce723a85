import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { ContactId } from '../../lib/core/ids.ts';
import type { Terminal } from '../terminal.ts';
import type { Api } from '../api/client.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { exit, Unreachable, Usage } from '../exit.ts';
import { plural } from '../words.ts';
import { defineCommand, onlyWord } from './command.ts';

/** As many as one request takes. */
const batchSize = 100;

const Enrolled = z.object({
  journey: z.string(), version: z.int(), accepted: z.int(),
  refused: z.array(z.object({ contact: z.string(), code: z.string(), remedy: z.string() }).loose()),
});

const textOf = (given: string): string => {
  if (!existsSync(given)) return given;
  try {
    return readFileSync(given, 'utf8');
  } catch {
    throw new Unreachable(`${given} cannot be read`);
  }
};

/** Ids from a file, or from the command line itself, apart by commas, blanks or lines. */
const idsOf = (given: readonly string[]): readonly ContactId[] => {
  const words = given.flatMap((one) => textOf(one).split(/[\s,]+/u)).filter((word) => word !== '');
  // A mistyped path or id is told by its place, since a word may be anything.
  const wrong = words.findIndex((word) => !ContactId.safeParse(word).success);
  if (wrong >= 0) throw new Usage(`contact ${wrong + 1} of ${words.length} is neither an id, c_ and 26 characters, nor a file of them`);
  return [...new Set(words.map((word) => ContactId.parse(word)))];
};

const versionOf = (version: string | undefined): { readonly version?: number } => {
  if (version === undefined) return {};
  if (!/^[1-9]\d{0,5}$/u.test(version)) throw new Usage('a version is a whole number from 1');
  return { version: Number(version) };
};

type Asked = { readonly path: string; readonly version: { readonly version?: number }; readonly json: boolean };

const enrolContacts = async (api: Api, { path, version, json }: Asked, contacts: readonly ContactId[], { out, paint, progress }: Terminal) => {
  const answers: z.infer<typeof Enrolled>[] = [];
  for (let at = 0; at < contacts.length; at += batchSize) {
    answers.push(Enrolled.parse(await api.post(path, { ...version, contacts: contacts.slice(at, at + batchSize) })));
    if (contacts.length > batchSize) progress(`${Math.min(at + batchSize, contacts.length)} of ${contacts.length} contacts`);
  }
  const accepted = answers.reduce((sum, answer) => sum + answer.accepted, 0);
  const refused = answers.flatMap((answer) => answer.refused);
  const [first] = answers;
  if (json) out(JSON.stringify({ journey: first?.journey, version: first?.version, accepted, refused }));
  else {
    out(`${plural(accepted, 'contact')} on the way into ${first?.journey} v${first?.version}`);
    for (const { contact, code, remedy } of refused) out(`${contact}  ${paint.bad(code)}  ${remedy}`);
  }
  return refused.length === 0 ? exit.fine : exit.no;
};

export const command = defineCommand({
  usage: ['enrol <journey> --segment --api <url> [--version <n>] [--json]', 'enrol <journey> --contacts <ids or file>… --api <url> [--version <n>] [--json]'],
  about: `Enters contacts into a journey: everybody in the segment that it enters from, or those of some contacts who are
members. Whoever entered before enters again only where the journey's \`reenter\` says so. Exit status 1 if a contact is
refused.`,
  options: {
    segment: { help: 'Everybody in the segment.' },
    contacts: { takes: '<ids>', multiple: true, help: 'Ids of contacts apart by commas, or a file of them. May be given several times.' },
    version: { takes: '<n>', help: 'The version to enter; the newest that is published, where it is left out.' },
    api: apiOption,
  },
  run: async (given, terminal) => {
    const journey = onlyWord(given, 'journey');
    const { segment, contacts, version } = given.options;
    if (segment === (contacts.length > 0)) throw new Usage('enrol takes either --segment or --contacts');
    const asked: Asked = { path: `journeys/${encodeURIComponent(journey)}/enrolments`, version: versionOf(version), json: given.json };
    const api = apiFrom(given.options);
    if (!segment) {
      const ids = idsOf(contacts);
      if (ids.length === 0) throw new Usage('--contacts names nobody');
      return enrolContacts(api, asked, ids, terminal);
    }
    const taken = z.object({ journey: z.string(), version: z.int(), segment: z.string() }).parse(await api.post(asked.path, asked.version));
    terminal.out(given.json ? JSON.stringify(taken) : `the members of ${taken.segment} are on the way into ${taken.journey} v${taken.version}`);
    return exit.fine;
  },
});
