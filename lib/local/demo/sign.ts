import type { Platform } from '../platform.ts';
import { ask } from './ask.ts';
import type { Person } from './import.ts';

/** The fields that a page carries for its own use. */
const hiddenIn = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, value]));

/**
 * Mints a link to a form, opens it as a browser does, types the name, checks the box and sends the form off.
 *
 * @param agent What the browser calls itself.
 */
export const signOnPage = async (
  platform: Platform, { contact, name }: Pick<Person, 'contact' | 'name'>, form: string, agent: string,
): Promise<void> => {
  const { url } = await ask<{ readonly url: string }>(platform, 'POST', `/contacts/${contact}/links`, { kind: 'authorization', form });
  const { pathname } = new URL(url);
  const headers = { 'user-agent': agent, 'accept-language': 'en-US,en;q=0.9' };
  const page = await ask<string>(platform, 'GET', pathname, undefined, headers);
  const fields = new URLSearchParams({ ...hiddenIn(page), name, agree: 'yes' });
  await ask(platform, 'POST', pathname, fields.toString(), { ...headers, 'content-type': 'application/x-www-form-urlencoded' });
};
