import type { Template } from '../../template/template.ts';
import type { Plan } from '../plan.ts';

/** One version, as it is compared. */
export type Side = { readonly plan: Plan; readonly templates: Readonly<Record<string, Template>> };

/**
 * What a difference touches, the weightiest first: what consent is judged on; who enters and leaves; the way through the
 * steps; the texts; the rest.
 */
export const subjects = ['consent', 'people', 'course', 'texts', 'rest'] as const;
export type Subject = (typeof subjects)[number];

export type Difference = {
  readonly about: Subject;
  /** Where in the plan, or below `templates`: `message.purpose`, `steps.invite.template`. */
  readonly path: string;
  /** A sentence without its full stop. */
  readonly words: string;
  /** Null where there is nothing. */
  readonly before: unknown;
  readonly after: unknown;
};

export const differ = (about: Subject, path: readonly string[], words: string, before: unknown, after: unknown): Difference =>
  ({ about, path: path.join('.'), words, before: before ?? null, after: after ?? null });
