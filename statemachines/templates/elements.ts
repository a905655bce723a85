/** What a message may be made of. The compiler takes more, and passes over what it does not know. */

const styles = ['css-class', 'mj-class', 'padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left'];
const block = [...styles, 'align', 'container-background-color'];
const letters = [
  'color', 'font-family', 'font-size', 'font-style', 'font-weight', 'letter-spacing', 'line-height', 'text-decoration', 'text-transform',
];
const border = ['border', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-radius'];

type Element = {
  /** The elements that it may stand in. */
  readonly in: readonly string[];
  readonly attributes: readonly string[];
  /** It holds HTML; one without holds elements of MJML alone. */
  readonly html?: true;
};

/** Where the content of a layout stands. */
export const body = 'mj-body';

export const elements: Readonly<Record<string, Element>> = {
  'mj-section': {
    in: [body],
    attributes: [...styles, ...border, 'background-color', 'direction', 'full-width', 'text-align'],
  },
  'mj-group': { in: ['mj-section'], attributes: ['background-color', 'css-class', 'direction', 'vertical-align', 'width'] },
  'mj-column': {
    in: ['mj-section', 'mj-group'],
    attributes: [...styles, ...border, 'background-color', 'inner-background-color', 'inner-border', 'vertical-align', 'width'],
  },
  'mj-text': { in: ['mj-column'], attributes: [...block, ...letters, 'height'], html: true },
  'mj-button': {
    in: ['mj-column'],
    attributes: [...block, ...border, ...letters, 'background-color', 'height', 'href', 'inner-padding', 'text-align', 'title', 'vertical-align', 'width'],
    html: true,
  },
  'mj-image': {
    in: ['mj-column'],
    attributes: [...block, ...border, 'alt', 'fluid-on-mobile', 'height', 'href', 'src', 'title', 'width'],
  },
  'mj-divider': { in: ['mj-column'], attributes: [...block, 'border-color', 'border-style', 'border-width', 'width'] },
  'mj-spacer': { in: ['mj-column'], attributes: [...styles, 'container-background-color', 'height'] },
  'mj-table': {
    in: ['mj-column'],
    attributes: [...block, ...letters, 'border', 'cellpadding', 'cellspacing', 'role', 'table-layout', 'width'],
    html: true,
  },
};

/** HTML that mail programs show, inside mj-text, mj-button and mj-table. */
export const htmlElements: ReadonlySet<string> = new Set([
  'a', 'abbr', 'b', 'blockquote', 'br', 'caption', 'code', 'div', 'em', 'h1', 'h2', 'h3', 'hr', 'i', 'img', 'li', 'ol', 'p', 's', 'small',
  'span', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul',
]);

export const voidElements: ReadonlySet<string> = new Set(['br', 'hr', 'img']);

export const htmlAttributes: ReadonlySet<string> = new Set([
  'align', 'alt', 'class', 'colspan', 'dir', 'height', 'href', 'lang', 'role', 'rowspan', 'scope', 'src', 'start', 'style', 'title',
  'valign', 'width',
]);
