import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Name } from '../../lib/core/ids.ts';
import { LanguageTag } from '../../lib/core/template/template.ts';
import type { SourceFinding } from './findings.ts';
import { sourceFinding } from './findings.ts';
import { readFront } from './front.ts';

/** The frame of many messages: `layouts/<name>.mjml`. Once a published version uses one it is not changed; its successor has a number of its own. */
export type Layout = {
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly mjml: string;
};

const Front = z.strictObject({ words: z.record(LanguageTag, z.record(Name, z.string().min(1).max(500))) });

/** The layout that a template names, by the root of the journeys. */
export const readLayout = (root: string, name: string, file: string): Layout | { readonly findings: readonly SourceFinding[] } => {
  const path = `layouts/${name}.mjml`;
  if (!existsSync(join(root, path))) return { findings: [sourceFinding('mjml.unknown-layout', file, `there is no ${path}`, { path: 'layout' })] };
  const read = readFront(path, readFileSync(join(root, path), 'utf8'), Front);
  return 'findings' in read ? read : { words: read.front.words, mjml: read.content };
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What fills the slots of a layout, `[[subject]]` for one. */
export type Slots = { readonly language: string; readonly subject: string; readonly preview: string; readonly content: string };

/** A layout with its slots filled: those of the message, and `[[words.<name>]]` in the language of the message. */
export const fill = ({ words, mjml }: Layout, { content, ...texts }: Slots): string => {
  const spoken = words[texts.language] ?? {};
  return mjml.replaceAll(/\[\[(?:words\.([a-z-]+)|(language|subject|preview)|(content))\]\]/gu, (_, word?: string, text?: keyof typeof texts) => {
    if (word !== undefined) return escaped(spoken[word] ?? '');
    return text === undefined ? content : escaped(texts[text]);
  });
};
