import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Context } from '../../../lib/core/journey/draft.ts';
import type { Finding } from '../../../lib/core/journey/findings.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { readJourney } from '../../../lib/core/journey/read.ts';
import { EventDefinition } from '../../../lib/core/event/definition.ts';
import { Segment } from '../../../lib/core/segment/segment.ts';
import { Template } from '../../../lib/core/template/template.ts';
import { parseYaml } from '../../../statemachines/files.ts';
import { plainTools } from '../../statemachines/template-tools.ts';

/** Each case is a folder with journey.yaml, and asl.json or findings.json beside it. */
const root = new URL('../../fixtures/journeys/', import.meta.url);

export const textOf = (file: string): string => readFileSync(new URL(file, root), 'utf8');

export const casesWith = (file: string): readonly string[] =>
  readdirSync(root).filter((name) => existsSync(new URL(`${name}/${file}`, root)));

export const expectedIn = (name: string, file: string): unknown => JSON.parse(textOf(`${name}/${file}`));

const templates = Template.array().parse(parse(textOf('templates.yaml')));

export const context: Context = {
  templates: Object.fromEntries(templates.map((template) => [template.template, template])),
  segments: Segment.array().parse(parse(textOf('segments.yaml'))),
  events: EventDefinition.array().parse(parse(textOf('events.yaml'))),
  variables: plainTools.variables,
};

/** Reads YAML as a journey with the templates and segments of the cases. */
export const readText = (text: string): { readonly plan: Plan } | { readonly findings: readonly Finding[] } => {
  const parsed = parseYaml(text);
  return 'findings' in parsed ? parsed : readJourney(parsed.value, context);
};

export const readCase = (name: string): ReturnType<typeof readText> => readText(textOf(`${name}/journey.yaml`));

/** The plan of a case that has no findings. */
export const planOf = (read: ReturnType<typeof readText>): Plan => {
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.plan;
};
