import { attributeOf } from '../../event/definition.ts';
import { ofRun } from '../../segment/check.ts';
import { leavesOf } from '../../segment/needs.ts';
import type { Check, Draft } from '../draft.ts';
import { eventOf } from '../draft.ts';
import { formEvent, triggerOf, waysIn } from '../entry.ts';
import type { Finding } from '../findings.ts';
import { finding } from '../findings.ts';
import type { Reentry, Trigger, TriggerOf } from '../plan.ts';
import { momentFields, momentIn, readableFields, revealedBy } from '../reveals.ts';
import { eventFindings } from './awaited.ts';

type Placed<T extends Trigger = Trigger> = { readonly trigger: T; readonly path: string };

const dateFindings = ({ trigger: { field, yearly }, path }: Placed<TriggerOf<'date'>>, { document }: Draft): readonly Finding[] => [
  ...(momentIn(field) === undefined
    ? [finding('journey.not-a-moment', `${path}.date.field`, `"${field}" is neither a date nor an instant; these are: ${momentFields.join(', ')}`)]
    : []),
  ...(yearly !== undefined && document.reenter === 'never'
    ? [finding('journey.yearly-once', `${path}.date.yearly`, 'the journey is entered once, and the date comes every year')]
    : []),
];

type Way = ReturnType<typeof waysIn>[number]['way'];

/** A form is reported as an event, and an event is declared with the attributes that are tested. */
const reportFindings = (way: Way, path: string, draft: Draft): readonly Finding[] => {
  if ('form' in way) {
    return eventOf(draft.context, formEvent(way.form)) === undefined
      ? [finding('journey.unknown-event', `${path}.form`, `there is no event "${formEvent(way.form)}"`)] : [];
  }
  if (!('event' in way)) return [];
  return [
    ...eventFindings(way, path, draft),
    ...(way.updatedBy ?? []).flatMap((name, index) => (eventOf(draft.context, name) === undefined
      ? [finding('journey.unknown-event', `${path}.updatedBy[${index}]`, `there is no event "${name}"`)] : [])),
  ];
};

const ofTrigger = ({ trigger, path, way }: Placed & { readonly way: Way }, draft: Draft): readonly Finding[] => {
  if (trigger.kind === 'date') return dateFindings({ trigger, path }, draft);
  if (trigger.kind === 'becomes') return leavesOf(trigger.when, `${path}.becomes`).flatMap((place) => ofRun(place.leaf, place.path));
  return reportFindings(way, path, draft);
};

/** Whether a field of the contact holds one value that may make a key. */
const isKeyField = (field: string): boolean =>
  revealedBy(field) !== undefined && field !== 'age' && field !== 'conditions' && field !== 'medications';

const withoutAttribute = (name: string, placed: readonly Placed[], draft: Draft): readonly string[] =>
  placed.flatMap(({ trigger, path }) => {
    const events = trigger.kind === 'event' ? [trigger.event, ...trigger.updatedBy ?? []] : [];
    if (trigger.kind === 'hand-over') return [];
    const has = events.length > 0 && events.every((event) => {
      const known = eventOf(draft.context, event);
      return known === undefined || attributeOf(known, name) !== undefined;
    });
    return has ? [] : [path];
  });

const keyFindings = (reenter: Reentry, placed: readonly Placed[], draft: Draft): readonly Finding[] => {
  const updated = placed.filter(({ trigger }) => trigger.kind === 'event' && trigger.updatedBy !== undefined);
  if (reenter === 'never' || typeof reenter.oncePer === 'string' || 'field' in reenter.oncePer) {
    const field = reenter !== 'never' && typeof reenter.oncePer !== 'string' && 'field' in reenter.oncePer ? reenter.oncePer.field : undefined;
    return [
      ...(field === undefined || isKeyField(field) ? []
        : [finding('journey.reentry-key', 'reenter.oncePer.field', `"${field}" is no field with one value; there are ${readableFields.filter(isKeyField).join(', ')}`)]),
      ...updated.map(({ path }) =>
        finding('journey.reentry-key', `${path}.updatedBy`, 'an event updates the run of its key, and the journey has no key of an attribute')),
    ];
  }
  const { attribute } = reenter.oncePer;
  const list = waysIn(draft.document.enter).flatMap(({ path, way }) => ('segment' in way ? [path] : []));
  return [...list, ...withoutAttribute(attribute, placed, draft)].map((path) =>
    finding('journey.reentry-key', 'reenter.oncePer.attribute', `"${path}" brings no attribute "${attribute}"`));
};

/** From format 2 on every way in says where its data comes from; only a list by itself can be written without. */
const sourceFindings = ({ document: { format, enter } }: Draft): readonly Finding[] => {
  if (format === 1 || Array.isArray(enter) || enter.source !== undefined) return [];
  return [finding('journey.trigger-unexplained', 'enter.source', 'the list does not say where its data comes from')];
};

/** Every way in is explained. A journey has one list, its triggers read what is there, and each brings what the key of an entry is made of. */
export const triggers: Check = (draft) => {
  const ways = waysIn(draft.document.enter);
  const lists = ways.filter(({ way }) => 'segment' in way);
  const placed = ways.flatMap(({ path, way }) => {
    const trigger = triggerOf(way);
    return trigger === undefined ? [] : [{ path, trigger, way }];
  });
  return [
    ...sourceFindings(draft),
    ...lists.slice(1).map(({ path }) => finding('journey.several-lists', path, 'the journey has a list already')),
    ...placed.flatMap((one) => ofTrigger(one, draft)),
    ...keyFindings(draft.document.reenter, placed, draft),
  ];
};
