import { AsyncLocalStorage } from 'node:async_hooks';

export type Invocation = {
  /** The function's folder. */
  readonly name: string;
  readonly requestId: string;
  /** Its process died: nothing it does from now on reaches the outside. */
  dead: boolean;
};

/** Which invocation the running code belongs to. */
export const invocations = new AsyncLocalStorage<Invocation>();
