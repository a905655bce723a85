import type { ContactId } from '../ids.ts';
import type { ContactChange } from './change.ts';
import type { ContactEvent } from './event.ts';
import { watch } from './watch.ts';
import type { Watched } from './watch.ts';
import type { WakePorts } from './wake.ts';
import { wake } from './wake.ts';

/** The standing is nothing that a wait asks for by name. */
const isField = (name: string): boolean => name !== 'standing' && name !== 'zone';

/** What waits hear of a change: who joined and left which segment, and the fields that some wait is for. Ids follow from the change. */
export const eventsOf = ({ id, at, fields, joined, left, created }: ContactChange, watched: Watched): readonly ContactEvent[] => {
  const waitedFor = created ? [] : fields.filter((name) => isField(name) && watched.has(watch.wait(name)));
  return [
    ...joined.map((segment) => ({ type: 'segment' as const, id: `joined-${segment}-${id}`, at, segment, change: 'joined' as const })),
    ...left.map((segment) => ({ type: 'segment' as const, id: `left-${segment}-${id}`, at, segment, change: 'left' as const })),
    ...(waitedFor.length === 0 ? [] : [{ type: 'change' as const, id: `changed-${id}`, at, fields: waitedFor }]),
  ];
};

/** Records what a change means for waits, and wakes those that it answers. */
export const tellWaits = async (ports: WakePorts, contact: ContactId, change: ContactChange, watched: Watched): Promise<void> => {
  for (const event of eventsOf(change, watched)) await wake(ports, contact, event);
};
