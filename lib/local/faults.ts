import type { Wrapper } from './calls.ts';
import { invocations } from './invocation.ts';

/** A crash on purpose. */
export type Fault = {
  /** The external call it strikes, 1 being the next one of any function. */
  readonly nth: number;
  /** Whether the call still reaches its service. */
  readonly when: 'before' | 'after';
  /** `throw` ends the invocation as its process would, `kill` ends this very process with SIGKILL. */
  readonly act: 'throw' | 'kill';
};

/** The process of an invocation died. Handlers may catch it, but none of their later calls gets out. */
export class InjectedFault extends Error {
  constructor() {
    super('InjectedFault');
    this.name = 'InjectedFault';
  }
}

export type Faults = {
  /** Replaces a fault that has not struck yet; undefined takes it back. */
  readonly inject: (fault: Fault | undefined) => void;
  /** Calls of all SDK clients of all functions so far. */
  readonly externalCalls: () => number;
  readonly wrapper: Wrapper;
};

export const createFaults = (): Faults => {
  let calls = 0;
  let armed: { readonly fault: Fault; readonly at: number } | undefined;
  const strike = (fault: Fault): never => {
    armed = undefined;
    if (fault.act === 'kill') process.kill(process.pid, 'SIGKILL');
    const invocation = invocations.getStore();
    if (invocation !== undefined) invocation.dead = true;
    throw new InjectedFault();
  };
  return {
    inject: (fault) => {
      armed = fault === undefined ? undefined : { fault, at: calls + fault.nth };
    },
    externalCalls: () => calls,
    wrapper: async (call, send) => {
      if (invocations.getStore()?.dead === true) throw new InjectedFault();
      calls += 1;
      const due = armed?.at === calls ? armed.fault : undefined;
      if (due?.when === 'before') return strike(due);
      const output = await send(call);
      return due === undefined ? output : strike(due);
    },
  };
};
