import { attributeReader } from '../event/attributes.ts';
import type { ContactEvent } from '../engine/event.ts';
import type { EnrolmentId, Name, SegmentId } from '../ids.ts';
import { Phi } from '../phi.ts';
import type { FieldReader } from '../segment/condition.ts';
import type { Instant } from '../time.ts';
import { instantOf, millisecondsOf } from '../time.ts';
import type { Deed } from './behaviour.ts';
import type { Happening } from './world.ts';

const minute = 60_000;

/** Whatever falls due is found by the sweep of the next whole minute. */
export const sweptAt = (due: Instant): Instant => instantOf(Math.ceil(millisecondsOf(due) / minute) * minute);

/** Segments have ids in the live platform only; here each name stands for itself. */
export const segmentIdIn = (segment: Name): SegmentId => segment as SegmentId;

/** Attributes of a live event are sealed; here they stand beside the event, and this stands for them in it. */
const sealed = new Uint8Array();

const noAttributes: FieldReader = () => undefined;

export type AgendaOptions = {
  /** Events of a mail name the run. */
  readonly enrolment: EnrolmentId;
  /** How many links the mail of a send step has. */
  readonly linksOf: (step: string) => number;
};

/** What is going to happen to a contact, soonest first, and the attributes of what has. */
export const createAgenda = (happenings: readonly Happening[], { enrolment, linksOf }: AgendaOptions) => {
  let added = 0;
  const coming: ContactEvent[] = [];
  const attributes = new Map<string, FieldReader>();

  const eventOf = (happening: Happening, id: string): ContactEvent => {
    const { at } = happening;
    if ('click' in happening) {
      const { of, click } = happening;
      return { type: 'click', id, at, enrolment, step: of, leg: 0, link: click, automated: false, links: linksOf(of) };
    }
    if ('open' in happening) return { type: 'open', id, at, enrolment, step: happening.open, leg: 0, automated: false };
    if ('joins' in happening) return { type: 'segment', id, at, segment: segmentIdIn(happening.joins), change: 'joined' };
    if ('leaves' in happening) return { type: 'segment', id, at, segment: segmentIdIn(happening.leaves), change: 'left' };
    if (happening.attributes === undefined) return { type: 'api', id, at, name: happening.event };
    attributes.set(id, attributeReader(new Phi(happening.attributes)));
    return { type: 'api', id, at, name: happening.event, sealed };
  };

  const add = (happening: Happening): void => {
    added += 1;
    const event = eventOf(happening, `simulated-${added}`);
    const index = coming.findIndex(({ at }) => at > event.at);
    coming.splice(index === -1 ? coming.length : index, 0, event);
  };
  for (const happening of happenings) add(happening);

  return {
    addDeed: ({ at, reaction }: Deed): void => {
      if ('click' in reaction) add({ at, click: reaction.click, of: reaction.to });
      else if ('open' in reaction) add({ at, open: reaction.to });
      else add({ at, event: reaction.event });
    },
    /** Takes the next event that happens at `until` or before. */
    next: (until: Instant): ContactEvent | undefined =>
      (coming[0] !== undefined && coming[0].at <= until ? coming.shift() : undefined),
    attributesOf: ({ id }: ContactEvent): FieldReader => attributes.get(id) ?? noAttributes,
  };
};

export type Agenda = ReturnType<typeof createAgenda>;
