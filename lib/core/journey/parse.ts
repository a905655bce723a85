import * as z from 'zod';
import { EventName, Name } from '../ids.ts';
import { JourneyDocument, journeySettings, maxSteps } from './document.ts';
import { triggerKeys } from './entry.ts';
import { type Finding, finding, pathOf } from './findings.ts';
import { kindTable, stepKeys, stepKeysOf } from './kinds/table.ts';
import { DayTime, ValueName, WallTime } from './plan.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const Outline = z.strictObject({ ...journeySettings, steps: z.array(z.unknown()).min(1).max(maxSteps) });

/** What patterns ask for, in words. */
const patterns: ReadonlyMap<string, string> = new Map([
  [Name, 'lower-case words joined by hyphens are expected, like "follow-up"'] as const,
  [EventName, 'lower-case words joined by dots are expected, like "portal.login"'] as const,
  [WallTime, 'a time of day is expected, like "09:30", in quotes'] as const,
  [DayTime, 'a time of day is expected, like "09:30", in quotes'] as const,
  [ValueName, 'the name of a field or an attribute is expected, like "appointmentAt"'] as const,
].flatMap(([schema, words]) => (schema.safeParse('').error?.issues ?? []).flatMap((issue) =>
  (issue.code === 'invalid_format' && issue.pattern !== undefined ? [[issue.pattern, words] as const] : []))));

const messageOf = (issue: Issue): string =>
  (issue.code === 'invalid_format' ? patterns.get(issue.pattern ?? '') : undefined) ?? issue.message;

/** What may stand where a value has none of several forms. */
const forms = (path: string): string => {
  if (/\.(?:when|passes)(?:\.|$)/u.test(path)) {
    return 'a condition is { outcome }, { field } or { attribute } with one test, { segment }, { opened }, { clicked }, { bounced }, { event }, '
      + '{ all }, { any } or { not }; the tests are equals, oneOf, atLeast, atMost, includes, includesAny, exists, inLast, inNext, olderThan, before and after';
  }
  if (path.endsWith('.waitUntil')) {
    return 'a wait is { at, ifPast }, { date, time, zone, ifPast }, { before or after, zone, ifPast, ifMissing } or { between, zone }';
  }
  return 'the value has none of the forms that may stand here';
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );

/** A missing key that the platform insists on for a reason of its own has its own code. */
const missing = (path: string): Finding => {
  if (/^steps\[\d+\]\.within$/u.test(path)) {
    return finding('journey.wait-without-timeout', path, 'the event wait does not say how long it lasts');
  }
  if (/^steps\[\d+\]\.otherwise$/u.test(path)) {
    return finding('journey.branch-without-fallback', path, 'the branch does not say where other contacts go');
  }
  if (/^steps\[\d+\]\.waitUntil\.ifPast$/u.test(path)) {
    return finding('journey.wait-without-past-rule', path, 'the wait does not say what happens where its moment is past');
  }
  if (/^steps\[\d+\]\.waitUntil\.ifMissing$/u.test(path)) {
    return finding('journey.wait-without-missing-rule', path, 'the wait does not say what happens where there is no value');
  }
  if (/^enter(?:\[\d+\])?\.(?:source|because)$/u.test(path)) {
    return finding('journey.trigger-unexplained', path, 'the trigger does not say where its data comes from and why its use is allowed');
  }
  if (path === 'message' || path === 'message.purpose') {
    return finding('journey.send-without-purpose', path, 'the journey does not say why its messages are sent');
  }
  return finding('journey.missing-key', path, 'the key is missing');
};

/** How far a value is from a form: a form that has forms itself is as far as the nearest of them. */
const weight = (issues: readonly Issue[]): number => issues.reduce((sum, issue) => {
  if (issue.code === 'unrecognized_keys') return sum + 2 * issue.keys.length;
  return sum + (issue.code === 'invalid_union' ? Math.max(1, Math.min(...issue.errors.map(weight))) : 1);
}, 0);

/**
 * Of the forms a value may have, the one that it comes closest to, or undefined where two are as close. A key that a form
 * does not know tells more than one that is missing.
 */
const closest = (errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined => {
  const ranked = [...errors].sort((one, other) => weight(one) - weight(other));
  const [first, second] = ranked;
  if (first === undefined || second === undefined) return first;
  return weight(first) < weight(second) ? first : undefined;
};

/** What is wrong with a way in: with the one form that its key names. */
const wayFindings = (
  issue: Extract<Issue, { code: 'invalid_union' }>, document: unknown, path: Path,
): readonly Finding[] => {
  const value = valueAt(document, path);
  const keys = triggerKeys.filter((key) => typeof value === 'object' && value !== null && key in value);
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    return [finding('journey.trigger-kind', pathOf(path), `the trigger has ${key === undefined ? `none of ${triggerKeys.join(', ')}` : keys.join(' and ')}`)];
  }
  return (issue.errors[triggerKeys.indexOf(key)] ?? []).flatMap((inner) => findingsOf(inner, document, path));
};

const findingsOf = (issue: Issue, document: unknown, base: Path): readonly Finding[] => {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union' && pathOf(path) === 'enter') {
    const form = Array.isArray(valueAt(document, path)) ? issue.errors[1] : issue.errors[0];
    return (form ?? []).flatMap((inner) => findingsOf(inner, document, path));
  }
  if (issue.code === 'invalid_union' && /^enter\[\d+\]$/u.test(pathOf(path))) return wayFindings(issue, document, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => finding('journey.unknown-key', pathOf([...path, key]), `"${key}" is not a key here`));
  }
  if (issue.code === 'invalid_union') {
    return closest(issue.errors)?.flatMap((inner) => findingsOf(inner, document, path))
      ?? [finding('journey.invalid-value', pathOf(path), forms(pathOf(path)))];
  }
  if (valueAt(document, path) === undefined) return [missing(pathOf(path))];
  return [finding('journey.invalid-value', pathOf(path), messageOf(issue))];
};

const stepFindings = (step: unknown, index: number, document: unknown): readonly Finding[] => {
  const path = ['steps', index];
  const keys = typeof step === 'object' && step !== null ? stepKeysOf(step) : [];
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    const found = key === undefined ? `none of ${stepKeys.join(', ')}` : keys.join(' and ');
    return [finding('journey.step-kind', pathOf(path), `the step has ${found}`)];
  }
  const parsed = kindTable[key].schema.safeParse(step);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => findingsOf(issue, document, path));
};

/** Reads a value as a journey document; every fault of form is found in one go. */
export const parseJourney = (
  value: unknown,
): { readonly document: JourneyDocument } | { readonly findings: readonly Finding[] } => {
  const parsed = JourneyDocument.safeParse(value);
  if (parsed.success) return { document: parsed.data };
  const outline = Outline.safeParse(value);
  const steps = valueAt(value, ['steps']);
  return {
    findings: [
      ...(outline.error?.issues ?? []).flatMap((issue) => findingsOf(issue, value, [])),
      ...(Array.isArray(steps) ? steps.slice(0, maxSteps) : []).flatMap((step, index) => stepFindings(step, index, value)),
    ],
  };
};
