import { askedEvents } from './checks/asked-events.ts';
import { awaited } from './checks/awaited.ts';
import { brought } from './checks/brought.ts';
import { classes } from './checks/classes.ts';
import { clinicalNames } from './checks/clinical-names.ts';
import { engagement } from './checks/engagement.ts';
import { fields } from './checks/fields.ts';
import { gaps } from './checks/gaps.ts';
import { holdout } from './checks/holdout.ts';
import { labels } from './checks/labels.ts';
import { loops } from './checks/loops.ts';
import { missing } from './checks/missing.ts';
import { openEnd } from './checks/open-end.ts';
import { opens } from './checks/opens.ts';
import { outcomes } from './checks/outcomes.ts';
import { promotions } from './checks/promotions.ts';
import { segments } from './checks/segments.ts';
import { splits } from './checks/splits.ts';
import { stepIds } from './checks/step-ids.ts';
import { targets } from './checks/targets.ts';
import { templates } from './checks/templates.ts';
import { tightLoops } from './checks/tight-loops.ts';
import { endings } from './checks/endings.ts';
import { triggers } from './checks/triggers.ts';
import { unreachable } from './checks/unreachable.ts';
import { waits } from './checks/waits.ts';
import { type Check, type Context, type Draft, draftOf } from './draft.ts';
import { exitsFrom } from './ending.ts';
import { listOf, triggerOf, waysIn } from './entry.ts';
import type { Finding } from './findings.ts';
import { parseJourney } from './parse.ts';
import type { Plan } from './plan.ts';
import { visitsOf } from './visits.ts';

/** What must hold before a journey can be followed step by step. */
const shape: readonly Check[] = [stepIds, targets, openEnd];

const contents: readonly Check[] = [
  labels, clinicalNames, templates, segments, fields, gaps, brought, waits, awaited, triggers, endings, opens, engagement, askedEvents, missing,
  splits, promotions, holdout,
  classes,
];

const paths: readonly Check[] = [unreachable, tightLoops, loops, outcomes];

const planOf = (draft: Draft): Plan => {
  const {
    journey, title, priority, sender, message, enter, reenter, opens: declaresOpens, holdout: holdsOut, whenPutOff,
  } = draft.document;
  const list = listOf(enter);
  const ways = waysIn(enter).flatMap(({ way }) => triggerOf(way) ?? []);
  const exits = exitsFrom(draft.document);
  const visits = visitsOf(draft);
  const steps = Object.fromEntries(
    draft.steps.map(({ step }) => [step.id, { ...step, visits: visits.get(step.id) ?? 1 }]),
  );
  return {
    journey, title, priority, sender, message,
    ...(list === undefined ? {} : { enter: list }),
    reenter, ...(whenPutOff === undefined ? {} : { whenPutOff }),
    ...(declaresOpens === undefined ? {} : { opens: declaresOpens }),
    ...(holdsOut === undefined ? {} : { holdout: { share: holdsOut.share, as: holdsOut.as ?? journey } }),
    start: draft.start, steps,
    ...(ways.length === 0 ? {} : { triggers: ways }),
    ...(exits.length === 0 ? {} : { exits }),
  };
};

/**
 * Reads a journey document: the value of its YAML or JSON, or the body of an API call. Gives the plan, or every fault
 * found, in the author's order of steps within each kind of fault; paths are looked at once all names lead somewhere.
 */
export const readJourney = (
  value: unknown, context: Context,
): { readonly plan: Plan } | { readonly findings: readonly Finding[] } => {
  const parsed = parseJourney(value);
  if ('findings' in parsed) return parsed;
  const draft = draftOf(parsed.document, context);
  const run = (checks: readonly Check[]) => checks.flatMap((check) => check(draft));
  const broken = run(shape);
  const findings = [...broken, ...run(contents), ...(broken.length === 0 ? run(paths) : [])];
  return findings.length === 0 ? { plan: planOf(draft) } : { findings };
};
