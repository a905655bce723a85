import type { TemplateFinding } from './findings.ts';
import { templateFinding } from './findings.ts';
import type { Part } from './parse.ts';
import { partNames } from './parse.ts';
import type { Template } from './template.ts';
import { namesIn } from './uses.ts';
import { variantsOf } from './variants.ts';

/** What is asked of a template that states its language, once each part by itself is sound. */

const linksIn = (template: Template, part: Part): ReadonlySet<string> => new Set(namesIn(template, part)
  .filter((name) => name.startsWith('links.')).map((name) => name.slice('links.'.length)));

const missingFrom = (some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
  [...some].filter((one) => !others.has(one));

const linkFindings = (template: Template, at: string): readonly TemplateFinding[] => {
  const text = linksIn(template, 'text');
  const html = linksIn(template, 'html');
  return [
    ...missingFrom(text, html).map((link) => templateFinding('template.parts-differ', `${at}html`, `${link} stands in the text part alone`)),
    ...missingFrom(html, text).map((link) => templateFinding('template.parts-differ', `${at}text`, `${link} stands in the HTML part alone`)),
  ];
};

const htmlFindings = ({ html, language = '' }: Template, at: string): readonly TemplateFinding[] => {
  const stated = /<html[^>]*\slang="([^"]*)"/iu.exec(html)?.[1];
  const title = /<title>([\s\S]*?)<\/title>/iu.exec(html)?.[1] ?? '';
  return [
    ...(stated === language ? [] : [templateFinding('template.language-missing', `${at}html`, `the language is ${language}, the HTML says ${stated ?? 'nothing'}`)]),
    ...(title.trim() === '' ? [templateFinding('template.title-missing', `${at}html`, 'the title is empty')] : []),
  ];
};

/** The names that a variant reads, apart for the subject, which is seen by more people. */
const differences = (own: Template, variant: Template, at: string): readonly TemplateFinding[] => {
  return (['subject', 'html'] as const).flatMap((part) => {
    const [here, there] = [new Set(namesIn(variant, part)), new Set(namesIn(own, part))];
    const path = `${at}${part}`;
    return [
      ...missingFrom(there, here).map((name) => templateFinding('template.variant-differs', path, `${name} is read in ${own.language ?? ''} alone`)),
      ...missingFrom(here, there).map((name) => templateFinding('template.variant-differs', path, `${name} is not read in ${own.language ?? ''}`)),
    ];
  });
};

const outcomeFindings = (template: Template): readonly TemplateFinding[] => {
  const read = new Set(namesIn(template, ...partNames));
  const idle = Object.keys(template.missing ?? {}).filter((name) => !read.has(name))
    .map((name) => templateFinding('template.idle-outcome', `missing.${name}`, `the message does not read ${name}`));
  const defaults = Object.entries(template.missing ?? {}).flatMap(([name, outcome]) => (typeof outcome === 'object' ? [name] : []));
  const untranslated = Object.entries(template.variants ?? {}).flatMap(([language, { missing }]) => defaults
    .filter((name) => !Object.hasOwn(missing ?? {}, name))
    .map((name) => templateFinding('template.untranslated-default', `variants.${language}.missing`, `${name} has no text in ${language}`)));
  return [...idle, ...untranslated];
};

/** Every link leads somewhere and is used, the parts agree, the languages agree, every outcome has its value. */
export const checkForm = (template: Template): readonly TemplateFinding[] => {
  const used = new Set([...linksIn(template, 'text'), ...linksIn(template, 'html'), ...linksIn(template, 'subject')]);
  const [own, ...others] = variantsOf(template);
  const parts = (variant: Template, at: string) => [...linkFindings(variant, at), ...htmlFindings(variant, at)];
  return [
    ...missingFrom(new Set(Object.keys(template.links)), used)
      .map((link) => templateFinding('template.unused-link', `links.${link}`, `nothing leads to ${link}`)),
    ...parts(own.template, ''),
    ...outcomeFindings(template),
    ...others.flatMap(({ template: variant }) => {
      const at = `variants.${variant.language ?? ''}.`;
      return [...parts(variant, at), ...differences(own.template, variant, at)];
    }),
  ];
};
