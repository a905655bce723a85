import * as z from 'zod';
import { csvOf } from '../../lib/core/csv.ts';
import { ContactId, Name } from '../../lib/core/ids.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { exit, Usage } from '../exit.ts';
import { defineCommand, onlyWord } from './command.ts';

const Page = z.object({ contacts: z.array(ContactId), cursor: z.string().optional() });

export const command = defineCommand({
  usage: ['segment <segment> --api <url> [--json | --csv]'],
  about: 'Lists who is in a segment, by the ids that the import gave, one a line. Exit status 1 if nobody is.',
  options: { api: apiOption, csv: { help: 'For spreadsheets, with a line of names.' } },
  run: async (given, { out }) => {
    const segment = Name.safeParse(onlyWord(given, 'segment')).data;
    if (segment === undefined) throw new Usage('a segment is named in lower-case words joined by hyphens');
    if (given.json && given.options.csv) throw new Usage('segment takes --json or --csv, not both');
    const api = apiFrom(given.options);
    const contacts: string[] = [];
    let cursor: string | undefined;
    do {
      const page = Page.parse(await api.get(`segments/${segment}/members`, cursor === undefined ? {} : { cursor }));
      contacts.push(...page.contacts);
      cursor = page.cursor;
    } while (cursor !== undefined);
    if (given.json) out(JSON.stringify({ segment, contacts }));
    else if (given.options.csv) out(csvOf(['contact'], contacts.map((contact) => [contact])).trimEnd());
    else if (contacts.length > 0) out(contacts.join('\n'));
    return contacts.length === 0 ? exit.no : exit.fine;
  },
});
