const shown = '[phi]';

/**
 * Holds a patient's value so that it cannot print: strings, JSON, templates and `util.inspect` all show `[phi]`.
 * Only rendering, sending and storing call {@link Phi.open}.
 */
export class Phi<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Each call is a use of PHI under 45 CFR 164.502(b): ask for no more than the task needs. */
  open(): T {
    return this.#value;
  }

  /** A value derived from this one stays wrapped. */
  map<U>(derive: (value: T) => U): Phi<U> {
    return new Phi(derive(this.#value));
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [Symbol.toPrimitive](): string {
    return shown;
  }

  // Node's inspect looks this symbol up by its registered name, so the core needs no Node import.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown;
  }
}
