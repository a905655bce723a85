import { type Finding, finding } from '../../lib/core/journey/findings.ts';
import type { Asl } from '../asl.ts';

const fields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Task', new Set(['Type', 'Resource', 'Parameters', 'Retry', 'Catch', 'Next', 'End'])],
  ['Choice', new Set(['Type', 'Choices', 'Default'])],
  ['Succeed', new Set(['Type'])],
  ['Fail', new Set(['Type', 'Error'])],
]);

/**
 * States are of the types that are emitted, with the fields that are emitted. A `Pass`, a `Result` or a `ResultSelector`
 * could bring text into the payload, an `Error` with a `Cause` into the history.
 */
export const stateTypes = (definition: Asl): readonly Finding[] =>
  Object.entries(definition.States).flatMap(([name, state]) => {
    const allowed = fields.get(state.Type);
    if (allowed === undefined) return [finding('machine.state-type', `States.${name}.Type`, `${state.Type} is not emitted`)];
    return Object.keys(state).filter((field) => !allowed.has(field)).map((field) =>
      finding('machine.state-type', `States.${name}.${field}`, `a ${state.Type} state has no ${field}`));
  });
