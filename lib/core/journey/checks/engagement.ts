import type { Leaf } from '../../segment/condition.ts';
import { mailIn } from '../../segment/needs.ts';
import { leavesAsked } from '../conditions.ts';
import { type Check, type Draft, templateOf } from '../draft.ts';
import { type Finding, finding } from '../findings.ts';

const verbOf = (leaf: Leaf): string => Object.keys(leaf)[0] ?? '';

/** What a condition asks about a mail of this journey: the step sends one, and the mail has the link. */
const findingsOf = (leaf: Leaf, path: string, { document, byId, context }: Draft): readonly Finding[] => {
  const mail = mailIn(leaf);
  const verb = verbOf(leaf);
  const isOurs = mail?.journey === undefined || mail.journey === document.journey;
  if (mail?.of === undefined || !isOurs) return [];
  const at = `${path}.${verb}`;
  const source = byId.get(mail.of)?.step;
  if (source === undefined) return [finding('journey.unknown-step', `${at}.of`, `there is no step "${mail.of}"`)];
  if (source.kind !== 'send') return [finding(verb === 'clicked' ? 'journey.click-source' : 'journey.mail-source', `${at}.of`, `"${mail.of}" sends no message`)];
  if (verb === 'opened' && document.opens !== true) {
    return [finding('journey.opens-undeclared', `${at}.of`, 'mails of this journey do not tell that they are opened')];
  }
  const { link } = mail;
  const template = templateOf(context, source.template);
  if (link === undefined || template === undefined || Object.hasOwn(template.links, link)) return [];
  const links = Object.keys(template.links).join(', ');
  return [finding('journey.unknown-link', `${at}.link`,
    `template "${source.template}" has no link "${link}"; it has ${links === '' ? 'none' : links}`)];
};

/** A condition on engagement with a mail of this journey asks about a mail that it sends. */
export const engagement: Check = (draft) =>
  leavesAsked(draft).flatMap(({ leaf, path }) => findingsOf(leaf, path, draft));
