import { neededIn } from './reads.ts';
import type { Template } from './template.ts';
import { distinct, namesIn } from './uses.ts';
import { variantsOf } from './variants.ts';

/** What a message reads, in any of its languages. */
export type Variables = {
  /** Dotted names, sorted: `contact.firstName`, `run.startsAt`, `links.enrol`, `sender.name`. */
  readonly subject: readonly string[];
  readonly body: readonly string[];
  /** Of the record and the run, what the message cannot do without. */
  readonly needed: readonly string[];
};

export const variablesOf = (template: Template): Variables => {
  const variants = variantsOf(template).map((variant) => variant.template);
  return {
    subject: distinct(variants.flatMap((one) => namesIn(one, 'subject'))),
    body: distinct(variants.flatMap((one) => namesIn(one, 'text', 'html'))),
    needed: distinct(variants.flatMap(neededIn)),
  };
};
