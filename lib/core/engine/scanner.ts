import type { Instant } from '../time.ts';
import { millisecondsOf } from '../time.ts';

/** Programs that fetch links to inspect or preview them, by what they say of themselves. */
const signatures = [
  'bot', 'crawl', 'spider', 'scan', 'preview', 'proxy', 'monitor', 'curl', 'wget', 'python', 'java/', 'go-http', 'headless',
  'barracuda', 'mimecast', 'proofpoint', 'safelinks', 'symantec', 'trendmicro', 'zscaler', 'googleimageproxy',
] as const;

/** A person needs longer than this to open a mail and follow a link; a gateway that inspects mail on arrival does not. */
const tooFastSeconds = 5;

export type Following = { readonly method: string; readonly userAgent: string; readonly sentAt: Instant | undefined; readonly at: Instant };

/** Whether a link was followed by a mail scanner rather than by the patient. Such a click is recorded and wakes nothing. */
export const isAutomated = ({ method, userAgent, sentAt, at }: Following): boolean => {
  const agent = userAgent.toLowerCase();
  return method !== 'GET'
    || agent === ''
    || signatures.some((signature) => agent.includes(signature))
    || (sentAt !== undefined && millisecondsOf(at) - millisecondsOf(sentAt) < tooFastSeconds * 1000);
};
