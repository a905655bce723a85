import type { TemplateTools } from '../../statemachines/files.ts';

const expressions = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*([a-zA-Z]+\.[\w-]+)/gu)].flatMap(([, name]) => name ?? []);

/** Reads plain `{{ root.name }}` expressions, which is all that the templates of these tests have. */
export const plainTools: TemplateTools = {
  variables: ({ subject, text, html }) => ({
    subject: expressions(subject), body: [...expressions(text), ...expressions(html)],
  }),
  check: () => [],
};
