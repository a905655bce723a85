/** Every fault that a template can be refused for, and how to mend it. A code is never renamed or reused. */
export const templateFindings = {
  'template.syntax': 'Mend the Liquid syntax; tags that include files and filters that undo the escaping do not exist here.',
  'template.unknown-name':
    'Read contact.<field>, run.<attribute>, links.<name>, sender.<name, address, replyTo> or organisation.<name, postalAddress>.',
  'template.unknown-field': 'Name a field of the contact record.',
  'template.computed-name': 'Write each name out, so that it is known which data the message reveals.',
  'template.undeclared-link': 'Declare the link under links, with the address it leads to.',
  'template.unused-link': 'Lead to the link in the message, or remove it under links.',
  'template.reserved-link': 'Give the link another name; the platform makes this one.',
  'template.link-name': 'Name the link in lower-case words joined by hyphens.',
  'template.parts-differ': 'Name the same links in the text and in the HTML part, so that every reader can follow them.',
  'template.idle-outcome': 'Remove the value under missing: the message does not read it.',
  'template.language-missing': 'State the language of the message on the html element, as the template names it.',
  'template.title-missing': 'Give the HTML a title; the subject serves.',
  'template.variant-differs': 'Let every language of the message read the same values and name the same links.',
  'template.untranslated-default': 'Give the text that stands in for the value in this language too, under missing.',
} as const;

export type TemplateFinding = {
  readonly code: keyof typeof templateFindings;
  /** The part, or the declared link, of the template: `subject`, `links.enrol`; of another language, `variants.es.subject`. */
  readonly path: string;
  /** In the part, from 1, where the fault is at one place. */
  readonly line?: number;
  readonly message: string;
  readonly remedy: string;
};

export const templateFinding = (code: TemplateFinding['code'], path: string, message: string, line?: number): TemplateFinding =>
  ({ code, path, ...(line === undefined ? {} : { line }), message, remedy: templateFindings[code] });
