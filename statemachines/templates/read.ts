import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Name } from '../../lib/core/ids.ts';
import { LanguageTag, Missing, Template } from '../../lib/core/template/template.ts';
import { htmlOf, textOf } from './compile.ts';
import type { SourceFinding } from './findings.ts';
import { sourceFinding } from './findings.ts';
import type { Fronted } from './front.ts';
import { readFront } from './front.ts';
import type { Layout } from './layout.ts';
import { fill, readLayout } from './layout.ts';
import { protect } from './liquid.ts';
import { readContent } from './mjml.ts';

/**
 * Templates as their authors write them: `<template>.mjml` in the default language, `<template>.<language>.mjml` in
 * others. HTML and text are made here, at build time.
 */

const spoken = {
  subject: Template.shape.subject,
  /** What inboxes show after the subject. */
  preview: z.string().min(1).max(200).optional(),
  /** The text part where its author writes it; the layout still frames it. */
  text: Template.shape.text.optional(),
  missing: Missing.optional(),
};

const Front = z.strictObject({ ...spoken, layout: Name.default('standard-1'), language: LanguageTag.default('en'), links: Template.shape.links });
const VariantFront = z.strictObject(spoken);
type Front = z.infer<typeof Front>;
type VariantFront = z.infer<typeof VariantFront>;

type Findings = { readonly findings: readonly SourceFinding[] };
type Check = (template: Template) => readonly Omit<SourceFinding, 'file'>[];
type Body = { readonly subject: string; readonly text: string; readonly html: string };

/** A tag on a line of its own takes the blank lines before it along, so that what it leaves out leaves no hole. */
const closeGaps = (text: string): string => text.replaceAll(/\n*^\{%-?([\s\S]*?)%\}$/gmu, '\n\n{%-$1%}').replaceAll(/\n{3,}/gu, '\n\n').trim();

/** The parts of a message in one language. */
const bodyOf = (
  file: string, { front, content, firstLine }: Fronted<VariantFront>, layout: Layout, language: string,
): Body | Findings => {
  const { texts, ...liquid } = protect({ layout: layout.mjml, content, subject: front.subject, preview: front.preview ?? '' });
  const read = readContent({ file, content: texts.content, liquid, firstLine });
  if ('findings' in read) return read;
  const slots = { language, subject: texts.subject, preview: texts.preview };
  const framed = { ...layout, mjml: texts.layout };
  const compiled = htmlOf(fill(framed, { ...slots, content: read.mjml }));
  if ('fault' in compiled) return { findings: [sourceFinding('mjml.compiler', file, compiled.fault)] };
  const written = 'zzwrittenzz';
  const made = textOf(fill(framed, { ...slots, content: front.text === undefined ? read.forText : `<mj-section><mj-column><mj-text>${written}</mj-text></mj-column></mj-section>` }));
  const text = closeGaps(liquid.restore(made)).replace(written, () => (front.text ?? '').trim());
  return { subject: front.subject, text: `${text}\n`, html: liquid.restore(compiled.html.replaceAll(/<!--(zzliquid\d+zz)-->/gu, '$1')) };
};

/** Faults of the content by their line; those of the front part by their key, within which a check counts lines anew. */
const within = (file: string, findings: ReturnType<Check>): readonly SourceFinding[] => findings.map(({ line, ...one }) =>
  (line === undefined || one.path !== 'html' ? { ...one, file } : { ...one, file, path: '', line }));

/** The faults of Liquid, looked for in what the author wrote, as far down as in the file, so that their lines are the author's. */
const liquidFindings = (
  file: string, { front, content, firstLine }: Fronted<VariantFront>, { links, template }: Pick<Template, 'links' | 'template'>, check: Check,
): readonly SourceFinding[] => within(file, check({
  template, links, subject: front.subject, text: front.text ?? '-', html: content.trim() === '' ? '-' : `${'\n'.repeat(firstLine - 1)}${content}`,
}));

const readSource = <T>(root: string, file: string, schema: z.ZodType<T>): Fronted<T> | Findings =>
  readFront(file, readFileSync(join(root, file), 'utf8'), schema);

type Read<T> = { readonly value: T } | Findings;

const readVariant = (
  root: string, file: string, own: Front, layout: Layout, language: string, name: string, check: Check,
): Read<NonNullable<Template['variants']>[string]> => {
  const source = readSource(root, file, VariantFront);
  if ('findings' in source) return source;
  const faults = liquidFindings(file, source, { template: name, links: own.links }, check);
  if (faults.length > 0) return { findings: faults };
  const body = bodyOf(file, source, layout, language);
  return 'findings' in body ? body : { value: { ...body, ...(source.front.missing === undefined ? {} : { missing: source.front.missing }) } };
};

/** Puts the faults of another language beside its own file. */
const placed = (folder: string, name: string, findings: ReturnType<Check>): readonly SourceFinding[] => findings.map(({ line: _, ...one }) => {
  const [, language, path] = /^variants\.([a-z]+)\.(.+)$/u.exec(one.path) ?? [];
  return language === undefined || path === undefined
    ? { ...one, file: `${folder}/${name}.mjml` } : { ...one, path, file: `${folder}/${name}.${language}.mjml` };
});

/** A template with all its languages, compiled and checked. */
export const readMjmlTemplate = (
  root: string, folder: string, name: string, languages: readonly string[], check: Check,
): Read<Template> => {
  const file = `${folder}/${name}.mjml`;
  const source = readSource(root, file, Front);
  if ('findings' in source) return source;
  const { front } = source;
  const layout = readLayout(root, front.layout, file);
  if ('findings' in layout) return layout;
  const faults = liquidFindings(file, source, { template: name, links: front.links }, check);
  const own = faults.length > 0 ? { findings: faults } : bodyOf(file, source, layout, front.language);
  const variants = languages.map((language) =>
    [language, readVariant(root, `${folder}/${name}.${language}.mjml`, front, layout, language, name, check)] as const);
  const findings = [...('findings' in own ? own.findings : []), ...variants.flatMap(([, read]) => ('findings' in read ? read.findings : []))];
  if ('findings' in own || findings.length > 0) return { findings };
  const parsed = Template.safeParse({
    template: name, ...own, links: front.links, language: front.language,
    ...(front.missing === undefined ? {} : { missing: front.missing }),
    ...(variants.length === 0 ? {} : { variants: Object.fromEntries(variants.flatMap(([language, read]) => ('value' in read ? [[language, read.value]] : []))) }),
  });
  if (!parsed.success) return { findings: parsed.error.issues.map((issue) => sourceFinding('mjml.front-value', file, issue.message, { path: issue.path.join('.') })) };
  const unsound = placed(folder, name, check(parsed.data));
  return unsound.length > 0 ? { findings: unsound } : { value: parsed.data };
};

/** Every template of a folder; what is called so in YAML already, or has no file in its default language, is refused. */
export const readMjmlTemplates = (root: string, folder: string, check: Check): readonly Read<Template>[] => {
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : [];
  const sources = files.flatMap((file) => {
    const [, name, language] = /^([^.]+)(?:\.([a-z]{2,3}))?\.mjml$/u.exec(file) ?? [];
    return name === undefined ? [] : [{ name, language, file: `${folder}/${file}` }];
  });
  return [...new Set(sources.map(({ name }) => name))].map((name) => {
    const own = sources.filter((source) => source.name === name);
    const [first] = own;
    if (first !== undefined && own.every(({ language }) => language !== undefined)) {
      return { findings: [sourceFinding('mjml.no-default', first.file, `there is no ${name}.mjml`)] };
    }
    if (files.includes(`${name}.yaml`)) return { findings: [sourceFinding('mjml.twice', `${folder}/${name}.mjml`, `there is a ${name}.yaml too`)] };
    return readMjmlTemplate(root, folder, name, own.flatMap(({ language }) => language ?? []), check);
  });
};
