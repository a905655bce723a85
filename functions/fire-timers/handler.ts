import * as z from 'zod';
import type { ConfirmPorts } from '../../lib/core/engine/confirm-clicks.ts';
import { confirmClicks, readClickTimerName } from '../../lib/core/engine/confirm-clicks.ts';
import type { SettlePorts } from '../../lib/core/engine/settle.ts';
import { settleContact } from '../../lib/core/engine/settle.ts';
import type { TimerKind } from '../../lib/core/engine/timer.ts';
import { Timer } from '../../lib/core/engine/timer.ts';
import { watch } from '../../lib/core/engine/watch.ts';

export const TimerMessage = z.strictObject({ timers: z.array(Timer).min(1).max(100) });
export type TimerMessage = z.infer<typeof TimerMessage>;

export type FirePorts = SettlePorts & ConfirmPorts;

const settle = (ports: FirePorts, timer: Timer): Promise<void> => settleContact(ports, timer.contact, { kind: 'timer', timer });

/** A click changes what is published to ask about clicks, and nothing else: the record stays closed where nobody asks. */
const confirm = async (ports: FirePorts, timer: Timer): Promise<void> => {
  await confirmClicks(ports, timer.contact, readClickTimerName(timer.name));
  if ((await ports.watchList.all()).has(watch.mail('click'))) await settle(ports, timer);
};

const fire: { readonly [K in TimerKind]: (ports: FirePorts, timer: Timer) => Promise<void> } =
  { review: settle, trigger: settle, clicks: confirm };

const fireOne = async (ports: FirePorts, timer: Timer): Promise<void> => {
  await fire[timer.kind](ports, timer);
  // Last, so that a crash leaves it due; one that was moved meanwhile stays.
  await ports.timers.clear(timer);
};

/** Does what timers were set for. One that fails stays on the due index and comes back with a later sweep. */
export const fireTimers = (ports: FirePorts) => async ({ timers }: TimerMessage): Promise<void> => {
  const outcomes = await Promise.allSettled(timers.map((timer) => fireOne(ports, timer)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
