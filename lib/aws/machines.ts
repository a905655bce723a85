import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Enrolment } from '../core/engine/enrolment.ts';
import { burstOf } from '../core/engine/enrolment.ts';
import type { Machines } from '../core/ports.ts';
import type { Runtime } from './runtime.ts';
import { clientFor } from './runtime.ts';

export const startParams = (prefix: string, enrolment: Enrolment) => ({
  stateMachineArn: `${prefix}${enrolment.journey}-v${enrolment.version}`,
  name: `${enrolment.enrolment}-${enrolment.seq}`,
  input: JSON.stringify(burstOf(enrolment)),
});

/** State machines of the journeys. A burst has the name of its claim, so starting it twice is starting it once. */
export const machines = (runtime: Runtime, prefix: string): Machines => {
  const client = clientFor(runtime, (config) => new SFNClient(config));
  return {
    start: async (enrolment: Enrolment): Promise<void> => {
      try {
        await client.send(new StartExecutionCommand(startParams(prefix, enrolment)));
      } catch (error) {
        // The claim's burst was started before; which attempt did it makes no difference.
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
};
