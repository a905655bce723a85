import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import type { Context, VariablesOf } from '../lib/core/journey/draft.ts';
import { type Finding, finding, pathOf } from '../lib/core/journey/findings.ts';
import type { Plan } from '../lib/core/journey/plan.ts';
import { readJourney } from '../lib/core/journey/read.ts';
import { EventDefinition } from '../lib/core/event/definition.ts';
import { checkHandOvers } from '../lib/core/journey/hand-overs.ts';
import { checkSegments } from '../lib/core/segment/check.ts';
import { Segment } from '../lib/core/segment/segment.ts';
import { Template } from '../lib/core/template/template.ts';
import { readMjmlTemplates } from './templates/read.ts';

/**
 * Journeys as files, at build time:
 *
 *     <root>/segments.yaml
 *     <root>/events.yaml
 *     <root>/<journey>/v<version>/journey.yaml
 *     <root>/<journey>/v<version>/templates/<template>.yaml, or
 *     <root>/<journey>/v<version>/templates/<template>[.<language>].mjml
 *     <root>/layouts/<layout>.mjml
 */

/** A fault that a check found, with a code of its own room. */
type Fault = Omit<Finding, 'code'> & { readonly code: string };

/** A fault in a file; `file` is relative to the root. */
export type FileFinding = Fault & { readonly file: string; readonly line?: number };

/** What is asked of templates: the variables that they read, and what would keep them from rendering. */
export type TemplateTools = {
  readonly variables: VariablesOf;
  readonly check: (template: Template) => readonly Fault[];
};

/** One version of a journey, read and checked. */
export type JourneyVersion = {
  readonly version: number;
  readonly plan: Plan;
  readonly templates: Readonly<Record<string, Template>>;
  /** Deployed, and not entered until somebody publishes it. */
  readonly draft?: true;
};

export type JourneyFiles = {
  /** By name, then by version. */
  readonly journeys: readonly JourneyVersion[];
  readonly segments: readonly Segment[];
  readonly events: readonly EventDefinition[];
};

type Read<T> = { readonly value: T } | { readonly findings: readonly FileFinding[] };

/** Parses YAML; a fault names line and column, counted from 1. */
export const parseYaml = (text: string): { readonly value: unknown } | { readonly findings: readonly Finding[] } => {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length === 0) return { value: document.toJS() };
  return {
    findings: document.errors.map(({ linePos, code }) => {
      const at = linePos?.[0];
      return finding('journey.invalid-yaml', '', `${code} at line ${at?.line ?? 1}, column ${at?.col ?? 1}`);
    }),
  };
};

const inFile = (file: string, findings: readonly Fault[]): readonly FileFinding[] =>
  findings.map((one) => ({ ...one, file }));

const readYaml = (root: string, file: string): Read<unknown> => {
  if (!existsSync(join(root, file))) {
    return { findings: inFile(file, [finding('journey.missing-file', '', 'the file is not there')]) };
  }
  const parsed = parseYaml(readFileSync(join(root, file), 'utf8'));
  return 'value' in parsed ? parsed : { findings: inFile(file, parsed.findings) };
};

const readAs = <T>(root: string, file: string, schema: z.ZodType<T>): Read<T> => {
  const read = readYaml(root, file);
  if ('findings' in read) return read;
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return { value: parsed.data };
  const findings = parsed.error.issues.map((issue) => finding('journey.invalid-value', pathOf(issue.path), issue.message));
  return { findings: inFile(file, findings) };
};

/** What the names in a folder have for the group of a form; none where there is no folder. */
const names = (folder: string, form: RegExp): readonly string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => form.exec(name)?.[1] ?? []).sort();

const readTemplate = (root: string, folder: string, name: string, check: TemplateTools['check']): Read<Template> => {
  const file = `${folder}/${name}.yaml`;
  const read = readAs(root, file, Template);
  if ('findings' in read) return read;
  if (read.value.template !== name) {
    return { findings: inFile(file, [finding('journey.misplaced-file', 'template', `the file is called ${name}.yaml`)]) };
  }
  // A check counts lines within a part, which the message tells; in the file a fault stands at the part.
  const faults = check(read.value).map(({ code, path, message, remedy }) => ({ code, path, message, remedy }));
  return faults.length === 0 ? read : { findings: inFile(file, faults) };
};

const readTemplates = (
  root: string, folder: string, check: TemplateTools['check'],
): Read<Record<string, Template>> => {
  const written = names(join(root, folder), /^(.+)\.yaml$/u).map((name) => readTemplate(root, folder, name, check));
  const reads = [...written, ...readMjmlTemplates(root, folder, check)];
  const findings = reads.flatMap((read) => ('findings' in read ? read.findings : []));
  if (findings.length > 0) return { findings };
  return {
    value: Object.fromEntries(reads.flatMap((read) => ('value' in read ? [[read.value.template, read.value]] : []))),
  };
};

const readVersion = (
  root: string, name: string, version: number, defined: Pick<Context, 'segments' | 'events'>, { variables, check }: TemplateTools,
): Read<JourneyVersion> => {
  const folder = `${name}/v${version}`;
  const file = `${folder}/journey.yaml`;
  const templates = readTemplates(root, `${folder}/templates`, check);
  const document = readYaml(root, file);
  if ('findings' in templates) return templates;
  if ('findings' in document) return document;
  const read = readJourney(document.value, { ...defined, variables, templates: templates.value });
  if ('findings' in read) return { findings: inFile(file, read.findings) };
  if (read.plan.journey !== name) {
    return { findings: inFile(file, [finding('journey.misplaced-file', 'journey', `the folder is called ${name}`)]) };
  }
  const isDraft = (document.value as { readonly draft?: unknown }).draft === true;
  return { value: { version, plan: read.plan, templates: templates.value, ...(isDraft ? { draft: true as const } : {}) } };
};

const readSegments = (root: string, events: readonly EventDefinition[]): Read<readonly Segment[]> => {
  const read = readAs(root, 'segments.yaml', z.array(Segment));
  if ('findings' in read) return read;
  const findings = checkSegments(read.value, events);
  return findings.length === 0 ? read : { findings: inFile('segments.yaml', findings) };
};

/** The declared events; none where there is no file. */
const readEvents = (root: string): Read<readonly EventDefinition[]> => {
  const file = 'events.yaml';
  if (!existsSync(join(root, file))) return { value: [] };
  const read = readAs(root, file, z.array(EventDefinition));
  if ('findings' in read) return read;
  const again = read.value.flatMap(({ event }, index) =>
    (read.value.findIndex((one) => one.event === event) === index ? []
      : [finding('journey.duplicate-event', `[${index}].event`, `"${event}" is declared already`)]));
  return again.length === 0 ? read : { findings: inFile(file, again) };
};

/** What stands beside the journeys. */
type Beside = Pick<JourneyFiles, 'segments' | 'events'>;

/** Puts what is wrong between journeys with the version that hands over. */
const checkBetween = (journeys: readonly JourneyVersion[]): readonly Read<JourneyVersion>[] => {
  const found = checkHandOvers(journeys);
  return journeys.map((one) => {
    const own = found.filter(({ journey, version }) => journey === one.plan.journey && version === one.version);
    if (own.length === 0) return { value: one };
    return { findings: inFile(`${one.plan.journey}/v${one.version}/journey.yaml`, own.map((fault) => fault.finding)) };
  });
};

/**
 * Reads and checks every version of every journey under a folder, each on its own; once none has a fault, the hand-overs
 * between them.
 */
export const readEachVersion = (
  root: string, tools: TemplateTools,
): Beside & { readonly versions: readonly Read<JourneyVersion>[] } | { readonly findings: readonly FileFinding[] } => {
  const events = readEvents(root);
  if ('findings' in events) return events;
  const segments = readSegments(root, events.value);
  if ('findings' in segments) return segments;
  const beside = { segments: segments.value, events: events.value };
  const versions = names(root, /^([a-z0-9-]+)$/u).flatMap((name) =>
    names(join(root, name), /^v([1-9]\d{0,5})$/u).map(Number).sort((one, other) => one - other)
      .map((version) => readVersion(root, name, version, beside, tools)));
  const whole = versions.flatMap((one) => ('value' in one ? [one.value] : []));
  return { ...beside, versions: whole.length === versions.length ? checkBetween(whole) : versions };
};

/** The versions, segments and events under a folder, or the faults of them all. */
export const readJourneyFiles = (
  root: string, tools: TemplateTools,
): JourneyFiles | { readonly findings: readonly FileFinding[] } => {
  const read = readEachVersion(root, tools);
  if ('findings' in read) return read;
  const { versions, ...beside } = read;
  const findings = versions.flatMap((one) => ('findings' in one ? one.findings : []));
  return findings.length > 0 ? { findings } : { ...beside, journeys: versions.flatMap((one) => ('value' in one ? [one.value] : [])) };
};
