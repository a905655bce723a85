import * as z from 'zod';
import defaults from '../../cdk.json' with { type: 'json' };
import { isCommercial } from '../../lib/core/engine/message.ts';
import { Organisation } from '../../lib/core/organisation.ts';
import { preview } from '../../lib/core/template/preview.ts';
import { LanguageTag } from '../../lib/core/template/template.ts';
import { isZone } from '../../lib/core/window/zone.ts';
import { readData } from '../data.ts';
import { exit, Unreachable, Usage } from '../exit.ts';
import { newestIn } from '../journeys/layout.ts';
import { defineCommand } from './command.ts';

const Values = z.record(z.string(), z.unknown());
const Sample = z.strictObject({ contact: Values.default({}), run: Values.default({}) });

const ann = { contact: { firstName: 'Ann', lastName: 'Lee' }, run: {} };

const parts = ['subject', 'text', 'html'] as const;
const Part = z.enum(parts);

const sampleIn = (file: string | undefined): z.infer<typeof Sample> => {
  if (file === undefined) return ann;
  const read = Sample.safeParse(readData(file));
  if (!read.success) throw new Usage('a sample holds `contact` and `run`, each with values by name');
  return read.data;
};

const option = <T>(name: string, schema: z.ZodType<T>, text: string | undefined, form: string): T | undefined => {
  if (text === undefined) return undefined;
  const read = schema.safeParse(text);
  if (!read.success) throw new Usage(`--${name} takes ${form}`);
  return read.data;
};

export const command = defineCommand({
  usage: ['preview <journey folder> <template> [--language <tag>] [--sample <file>] [--part <part>] [--json]'],
  about: `Shows the message that a contact like the sample would get, without sending it. Links lead straight to their
addresses. Where a value is missing, tells what becomes of the message, and ends with status 1.

A sample is a file: { contact: { firstName: Ann }, run: { startsAt: 2026-12-01T14:00:00Z } }.`,
  options: {
    language: { takes: '<tag>', help: 'en, es; the default language of the template where it has no other.' },
    sample: { takes: '<file>', help: 'Values of the contact and of the run, YAML or JSON. Default: Ann Lee.' },
    zone: { takes: '<zone>', help: 'The zone that instants are written in, like America/Chicago.' },
    part: { takes: '<part>', help: `${parts.join(', ')}. Default: subject and text.` },
  },
  run: async ({ words: [folder, name, ...rest], options, json }, { out, err }) => {
    if (folder === undefined || name === undefined || rest.length > 0) throw new Usage('preview takes a journey and a template');
    const built = newestIn(folder);
    if ('findings' in built) throw new Unreachable(`${folder} has faults; sendwell validate ${folder} lists them`);
    const template = built.templates[name];
    if (template === undefined) throw new Unreachable(`${built.plan.journey} has no template ${name}; it has ${Object.keys(built.templates).join(', ')}`);
    const language = option('language', LanguageTag, options.language, 'a language like en or es');
    const zone = option('zone', z.string().refine(isZone), options.zone, 'an IANA time zone like America/Chicago');
    const part = option('part', Part, options.part, `one of ${parts.join(', ')}`);
    const { contact, run } = sampleIn(options.sample);
    const organisation = Organisation.parse(defaults.context.organisation);
    const shown = preview(
      template, { contact, run, ...(zone === undefined ? {} : { zone }), ...(language === undefined ? {} : { language }) },
      { sender: built.plan.sender, organisation, renew: `${organisation.linkBase}/a/preview`, ...(isCommercial(built.plan) ? { unsubscribe: `${organisation.linkBase}/u/preview` } : {}) },
    );
    const status = shown.kind === 'message' ? exit.fine : exit.no;
    if (json) out(JSON.stringify(shown));
    else if (shown.kind === 'message') out(part === undefined ? `${shown.subject}\n\n${shown.text}` : shown[part]);
    else err(`${shown.variant} lacks ${shown.variable ?? 'a value'}: ${shown.outcome === 'fail' ? 'the run would fail' : 'it would not be sent, and the run would go on'}`);
    return status;
  },
});
