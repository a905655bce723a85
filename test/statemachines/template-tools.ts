import type { TemplateTools } from '../../statemachines/files.ts';

const expressions = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*([a-zA-Z]+\.[\w-]+)/gu)].flatMap(([, name]) => name ?? []);

/** Reads plain `{{ root.name }}` expressions, which is all that the templates of these tests have. */
export const plainTools: TemplateTools = {
  variables: ({ subject, text, html }) => {
    const body = [...expressions(text), ...expressions(html)];
    return {
      subject: expressions(subject), body,
      needed: [...new Set([...expressions(subject), ...body])].filter((name) => /^(?:contact|run)\./u.test(name)),
    };
  },
  check: () => [],
};
