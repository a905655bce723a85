import * as z from 'zod';
import { ContactId } from '../../lib/core/ids.ts';
import { Instant } from '../../lib/core/time.ts';
import { tableLines } from '../../lib/local/report/table.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { exit, Usage } from '../exit.ts';
import { defineCommand, onlyWord } from './command.ts';

const Timeline = z.object({
  contact: z.string(),
  entries: z.array(z.looseObject({
    at: Instant, what: z.string(), step: z.string(), journey: z.string(), reason: z.string().optional(), send: z.string().optional(), until: Instant.optional(),
  })),
});

export const command = defineCommand({
  usage: ['timeline <contact> --api <url> [--json | --csv]'],
  about: `Tells what happened to one contact, oldest first: entries, steps, messages and why they were sent, refused or put off,
opens and clicks, those of mail scanners marked, events, ends. <contact> is the id that the import gave. Exit status 1
if nothing is known of the contact.`,
  options: { api: apiOption, csv: { help: 'For spreadsheets; instants are in UTC.' } },
  run: async (given, { out, err, paint, when }) => {
    const contact = ContactId.safeParse(onlyWord(given, 'contact')).data;
    if (contact === undefined) throw new Usage('a contact is named by its id, c_ and 26 characters');
    if (given.json && given.options.csv) throw new Usage('timeline takes --json or --csv, not both');
    const api = apiFrom(given.options);
    const path = `contacts/${contact}/timeline`;
    if (given.options.csv) {
      out((await api.getText(path, { format: 'csv' })).trimEnd());
      return exit.fine;
    }
    const timeline = Timeline.parse(await api.get(path));
    const rows = timeline.entries.map(({ at, what, step, reason = '', until, journey, send = '' }) =>
      [when.minute(at), what, step, until === undefined ? reason : `${reason}, until ${when.minute(until)}`, journey, send]);
    if (given.json) out(JSON.stringify(timeline));
    else if (rows.length === 0) err(`nothing is known of ${contact}`);
    else {
      const columns = [`when, in ${when.zone}`, 'what', 'step or event', 'reason', 'journey', 'send'].map((title) => ({ title }));
      out(tableLines(columns, rows, paint).join('\n'));
    }
    return rows.length === 0 ? exit.no : exit.fine;
  },
});
