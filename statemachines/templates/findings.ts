/** Every fault that the source of a template can be refused for, and how to mend it. */
export const sourceFindings = {
  'mjml.front-part': 'Begin the file with a line of three hyphens, the YAML of the template, and another such line.',
  'mjml.front-value': 'Correct the key of the front part as the message says.',
  'mjml.unknown-layout': 'Name a layout of the folder layouts.',
  'mjml.no-default': 'Write the message in its default language in the file without a language in its name.',
  'mjml.twice': 'Write the template in one of the two forms, and remove the other file.',
  'mjml.unknown-element': 'Use an element of the list in docs/templates.md.',
  'mjml.misplaced-element': 'Put the element where the message says it belongs.',
  'mjml.unknown-attribute': 'Remove the attribute, or correct its name.',
  'mjml.unclosed-element': 'Close the element, in the order in which elements were opened.',
  'mjml.stray-text': 'Put the text into an element that shows it, mj-text or mj-button; Liquid tags may stand around those of a column and around sections.',
  'mjml.bare-link': 'Declare the address under links, and lead to it with {{ links.<name> }}; mailto: and tel: may stand as they are.',
  'mjml.image': 'Give the image an alt text, empty for one that only decorates, and an https address.',
  'mjml.compiler': 'Look for what the MJML compiler says; the source has passed the checks before it.',
} as const;

/** A fault in a file of templates. */
export type SourceFinding = {
  readonly code: string;
  readonly file: string;
  readonly path: string;
  /** From 1, in the file. */
  readonly line?: number;
  readonly message: string;
  readonly remedy: string;
};

export const sourceFinding = (
  code: keyof typeof sourceFindings, file: string, message: string, { path = '', line }: { readonly path?: string; readonly line?: number } = {},
): SourceFinding => ({ code, file, path, ...(line === undefined ? {} : { line }), message, remedy: sourceFindings[code] });
