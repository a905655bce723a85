import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { pathOf } from '../../lib/core/journey/findings.ts';
import type { SourceFinding } from './findings.ts';
import { sourceFinding } from './findings.ts';

/** A file with a front part in YAML, between two lines of three hyphens, and its content. */
export type Fronted<T> = { readonly front: T; readonly content: string; readonly firstLine: number };

type Findings = { readonly findings: readonly SourceFinding[] };

const form = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)([\s\S]*)$/mu;

export const readFront = <T>(file: string, text: string, schema: z.ZodType<T>): Fronted<T> | Findings => {
  const [, yaml, content] = text.startsWith('---') ? form.exec(text) ?? [] : [];
  if (yaml === undefined || content === undefined) return { findings: [sourceFinding('mjml.front-part', file, 'there is no front part', { line: 1 })] };
  const document = parseDocument(yaml, { prettyErrors: true });
  if (document.errors.length > 0) {
    return {
      findings: document.errors.map(({ code, linePos }) =>
        sourceFinding('mjml.front-part', file, `the YAML has the fault ${code}`, { line: (linePos?.[0].line ?? 1) + 1 })),
    };
  }
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      findings: parsed.error.issues.map((issue) => sourceFinding('mjml.front-value', file, issue.message, { path: pathOf(issue.path) })),
    };
  }
  return { front: parsed.data, content, firstLine: yaml.split('\n').length + 2 };
};
