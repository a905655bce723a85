import { ageOn } from '../../core/contact/fields.ts';
import type { IntakeContact } from '../../core/intake/contact.ts';
import type { Instant } from '../../core/time.ts';
import type { Platform } from '../platform.ts';
import type { Imported, RefusedRow } from '../report/report.ts';
import { ask } from './ask.ts';
import type { Candidate } from './cast.ts';
import type { People } from './people.ts';
import { tally } from './tally.ts';

/** Somebody who was taken in. `contact` is the opaque id, `name` what the person signs with. */
export type Person = Candidate & { readonly contact: string; readonly name: string; readonly email: string | null; readonly mailable: boolean };

export type ImportedPeople = { readonly people: readonly Person[]; readonly imported: Imported };

type Accepted = { readonly row: number; readonly contact: string; readonly segments: readonly string[] };
type Answer = { readonly accepted: readonly Accepted[]; readonly refused: readonly Omit<RefusedRow, 'from'>[] };

const batchSize = 25;
const adult = 18;

/** What a client of the API may get wrong: one address that is none, one field that nobody declared. */
const careless: readonly unknown[] = [
  { source: 'careless/1', relationship: 'plan_member', state: 'MA', birthDate: '1980-01-31', email: 'no address' },
  { source: 'careless/2', relationship: 'plan_member', state: 'MA', birthDate: '1980-01-31', fields: { shoeSize: 43 } },
];

const isMailable = ({ birthDate, deceased, email }: IntakeContact, now: Instant): boolean =>
  birthDate !== null && !deceased && email !== null && (ageOn(birthDate, 'UTC', now) ?? 0) >= adult;

export const batches = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, at) => items.slice(at * batchSize, (at + 1) * batchSize));

/** Imports everybody through the API, in batches; what is wrong with a row keeps no other out. */
export const importPeople = async (platform: Platform, { contacts, refused }: People): Promise<ImportedPeople> => {
  const now = platform.clock.now();
  const people: Person[] = [];
  const refusedByApi: RefusedRow[] = [];
  const origins: string[] = [];
  const rows = [...contacts.map(({ contact }) => contact), ...careless];
  for (const [at, batch] of batches(rows).entries()) {
    const answer = await ask<Answer>(platform, 'POST', '/contacts', { contacts: batch });
    refusedByApi.push(...answer.refused.map((row) => ({ from: 'api', ...row, row: at * batchSize + row.row })));
    for (const { row, contact, segments } of answer.accepted) {
      const given = contacts[at * batchSize + row - 1];
      if (given === undefined) continue;
      origins.push(given.from);
      const { source, email, fields: { firstName = '', lastName = '' } } = given.contact;
      people.push({ contact, source, name: `${firstName} ${lastName}`.trim(), email, segments, mailable: isMailable(given.contact, now) });
    }
  }
  return {
    people,
    imported: {
      from: tally(origins), accepted: people.length, segments: tally(people.flatMap(({ segments }) => segments)),
      refused: [...refused, ...refusedByApi],
    },
  };
};
