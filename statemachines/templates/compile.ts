import { compile as toText } from 'html-to-text';
import { Engine } from 'mrml';

/** A whole document of MJML as HTML, or what the compiler says against it. */
export const htmlOf = (mjml: string): { readonly html: string } | { readonly fault: string } => {
  const engine = new Engine();
  engine.setRenderOptions({ disableComments: false, socialIconOrigin: null, fonts: {} });
  const result = engine.toHtml(mjml);
  engine.free();
  if (result.type === 'error') return { fault: result.message };
  const [warning] = result.warnings;
  return warning === undefined ? { html: result.content } : { fault: warning.kind };
};

const paragraph = { leadingLineBreaks: 2, trailingLineBreaks: 2 };
const heading = { ...paragraph, uppercase: false };
const table = { ...paragraph, uppercaseHeaderCells: false, maxColumnWidth: 40 };
const link = { linkBrackets: ['<', '>'] as [string, string], hideLinkHrefIfSameAsText: true };

const convert = toText({
  wordwrap: 76,
  baseElements: { selectors: ['mj-body'] },
  selectors: [
    { selector: 'mj-section', format: 'block', options: paragraph },
    { selector: 'mj-column', format: 'block', options: paragraph },
    { selector: 'mj-text', format: 'block', options: paragraph },
    { selector: 'mj-button', format: 'button', options: paragraph },
    { selector: 'mj-divider', format: 'horizontalLine', options: { ...paragraph, length: 2 } },
    { selector: 'mj-image', format: 'skip' },
    { selector: 'mj-spacer', format: 'skip' },
    { selector: 'mj-table', format: 'dataTable', options: table },
    { selector: 'table', format: 'dataTable', options: table },
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: link },
    { selector: 'a[href^="tel:"]', format: 'anchor', options: { ignoreHref: true } },
    { selector: 'a[href^="mailto:"]', format: 'anchor', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: heading })),
    { selector: 'ul', options: { itemPrefix: '- ' } },
  ],
  formatters: {
    button: (element, walk, builder, options) => {
      builder.openBlock({ leadingLineBreaks: Number(options['leadingLineBreaks']) });
      walk(element.children, builder);
      builder.addLiteral(':');
      builder.addLineBreak();
      builder.addLiteral(String(element.attribs?.['href'] ?? ''));
      builder.closeBlock({ trailingLineBreaks: Number(options['trailingLineBreaks']) });
    },
  },
});

/** A whole document of MJML as plain text, without its head: links beside what leads to them, images left out. */
export const textOf = (mjml: string): string =>
  `${convert(mjml).replaceAll(/[ \t]+$/gmu, '').replaceAll(/\n{3,}/gu, '\n\n').trim()}\n`;
