import type { Promotion } from '../settings.ts';
import type { Plan } from '../plan.ts';
import { changesBetween, pairsBy, same } from './changes.ts';
import type { Difference, Subject } from './difference.ts';
import { differ } from './difference.ts';
import { listed, named, written } from './words.ts';

const plainly = (name: string, before: unknown, after: unknown): string => {
  if (before === undefined) return `${name} is new: ${written(after)}`;
  if (after === undefined) return `${name} is gone; it was ${written(before)}`;
  return `${name} is now ${written(after)}, not ${written(before)}`;
};

/** Who reveals something, with the verb that fits. */
const revealing: Readonly<Record<string, readonly [string, string]>> = {
  'message.content': ['the bodies of the messages', 'reveal'],
  'message.subject': ['the subject lines', 'reveal'],
  'message.segment': ['being chosen for the messages', 'reveals'],
};

/** Classes of data that are declared anew, or no longer. */
const revealed = ([who, verb]: readonly [string, string], before: readonly string[], after: readonly string[]): string => {
  const more = after.filter((one) => !before.includes(one));
  const less = before.filter((one) => !after.includes(one));
  const words = [
    ...(more.length === 0 ? [] : [`now also ${verb} ${listed(more)}`]),
    ...(less.length === 0 ? [] : [`no longer ${verb} ${listed(less)}`]),
  ];
  return words.length === 0 ? `what ${who} ${verb} is declared in another order: ${written(after)}` : `${who} ${listed(words)}`;
};

const promotionDifferences = (before: readonly Promotion[], after: readonly Promotion[]): readonly Difference[] => {
  const path = ['message', 'promotions'];
  const found = pairsBy(({ promotion_id: id }) => id, before, after).flatMap(({ name, before: was, after: is }): readonly Difference[] => {
    if (was === undefined) return [differ('consent', [...path, name], `the messages now promote ${named(name)}: ${written(is)}`, was, is)];
    if (is === undefined) return [differ('consent', [...path, name], `the messages no longer promote ${named(name)}`, was, is)];
    return changesBetween(was, is).map((change) => differ('consent', [...path, name, ...change.path],
      plainly(`of the promotion ${named(name)}, ${change.path.join('.')}`, change.before, change.after), change.before, change.after));
  });
  if (found.length > 0 || same(before, after)) return found;
  return [differ('consent', path, `the promotions are declared as ${written(after)}, not ${written(before)}`, before, after)];
};

/** What becomes of a message that is put off; one that is not declared is sent later, too. */
const putOffs: Readonly<Record<string, string>> = { skip: 'left out, and the run goes on', defer: 'sent later', nothing: 'sent later, as where nothing is said' };
const putOff = (when: string): string => putOffs[when] ?? when;

const sentences: Readonly<Record<string, (before: string, after: string) => string>> = {
  'message.purpose': (before, after) => `the messages are now sent for ${after}, not for ${before}: consent is judged by the rules for that`,
  'message.topic': (before, after) => `the topic that people can leave is now ${after}, not ${before}`,
  title: (before, after) => `the title is now ${after}, not ${before}`,
  whenPutOff: (before, after) => `a message that hours, caps or a weightier message put off is now ${putOff(after)}, not ${putOff(before)}`,
  journey: (before, after) => `this is another journey: ${after}, not ${before}`,
  priority: (before, after) => `the priority over other journeys is now ${after}, not ${before}; 1 comes first`,
};

const subjectOf = ([root]: readonly string[]): Subject => (root === 'message' || root === 'sender' ? 'consent' : 'rest');

const isClasses = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** What others tell of: the steps, and who enters and leaves. */
const elsewhere: ReadonlySet<string> = new Set(['steps', 'start', 'enter', 'triggers', 'reenter', 'exits', 'holdout']);

const settings = (plan: Plan): object => ({
  ...Object.fromEntries(Object.entries(plan).filter(([key]) => !elsewhere.has(key))), message: { ...plan.message, promotions: undefined },
});

/** What differs in all but the steps, and but who enters and leaves. */
export const settingDifferences = (before: Plan, after: Plan): readonly Difference[] => {
  return [
    ...promotionDifferences(before.message.promotions, after.message.promotions),
    ...changesBetween(settings(before), settings(after)).map((change) => {
      const name = change.path.join('.');
      const who = revealing[name];
      if (who !== undefined && isClasses(change.before) && isClasses(change.after)) {
        return differ('consent', change.path, revealed(who, change.before, change.after), change.before, change.after);
      }
      if (name === 'opens') {
        return differ('rest', change.path, `mails ${change.after === true ? 'now' : 'no longer'} carry an image that tells when they are opened`, change.before, change.after);
      }
      const sentence = name !== 'whenPutOff' && (change.before === undefined || change.after === undefined) ? undefined : sentences[name];
      const words = sentence?.(written(change.before), written(change.after)) ?? plainly(name, change.before, change.after);
      return differ(subjectOf(change.path), change.path, words, change.before, change.after);
    }),
  ];
};
