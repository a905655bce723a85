/** The letters that a quoted text of Mermaid shows as they are; whatever else may mean something to it stands as a code. */
const special = /[^\p{L}\p{M}\p{N}_ .,:;?!()%/'=+-]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** Names of the author's, which sentences put between backticks. */
const name = /`([A-Za-z][\w.-]*)`/gu;

const line = (text: string): string =>
  text.replaceAll(name, '$1').replaceAll(/[\s\p{C}]+/gu, ' ').trim().replaceAll(special, (one) => `#${one.codePointAt(0) ?? 32};`);

/**
 * Any lines as one quoted text of Mermaid, which no text can end.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export const label = (...lines: readonly string[]): string => `"${lines.map(line).join('<br/>')}"`;

/** Any title as a value of the YAML that stands before a diagram; nothing in it is taken for HTML or for a directive. */
export const titled = (title: string): string =>
  JSON.stringify(title).replaceAll(/[<>&{}\u007F-\u009F\u2028\u2029\uFEFF]/gu, (one) => `\\u${(one.codePointAt(0) ?? 32).toString(16).padStart(4, '0')}`);
