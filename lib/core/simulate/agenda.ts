import type { ContactEvent } from '../engine/event.ts';
import type { EnrolmentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { instantOf, millisecondsOf } from '../time.ts';
import type { Deed } from './behaviour.ts';
import type { Happening } from './world.ts';

/** The run that is simulated. Its events name it; nothing else does. */
export const simulatedRun: EnrolmentId = 'e_00000000000000000000000000';

const minute = 60_000;

/** Whatever falls due is found by the sweep of the next whole minute. */
export const sweptAt = (due: Instant): Instant => instantOf(Math.ceil(millisecondsOf(due) / minute) * minute);

const eventOf = (happening: Happening, index: number, links: (step: string) => number): ContactEvent => {
  if ('event' in happening) return happening.event;
  const { at } = happening;
  const id = `simulated-${index}`;
  return 'click' in happening
    ? { type: 'click', id, at, enrolment: simulatedRun, step: happening.of, leg: 0, link: happening.click, automated: false, links: links(happening.of) }
    : { type: 'open', id, at, enrolment: simulatedRun, step: happening.open, leg: 0, automated: false };
};

/** What is going to happen to a contact, soonest first. */
export const createAgenda = (happenings: readonly Happening[], linksOf: (step: string) => number) => {
  let added = 0;
  const coming: ContactEvent[] = [];
  const add = (happening: Happening): void => {
    added += 1;
    const event = eventOf(happening, added, linksOf);
    const index = coming.findIndex(({ at }) => at > event.at);
    coming.splice(index === -1 ? coming.length : index, 0, event);
  };
  for (const happening of happenings) add(happening);
  return {
    addDeed: ({ at, reaction }: Deed): void => {
      if ('click' in reaction) add({ at, click: reaction.click, of: reaction.to });
      else if ('open' in reaction) add({ at, open: reaction.to });
      else add({ at, event: { type: 'api', id: `deed-${added}`, at, name: reaction.event } });
    },
    /** Takes the next event that happens at `until` or before. */
    next: (until: Instant): ContactEvent | undefined =>
      (coming[0] !== undefined && coming[0].at <= until ? coming.shift() : undefined),
  };
};

export type Agenda = ReturnType<typeof createAgenda>;
