import { type Finding, finding } from '../../lib/core/journey/findings.ts';
import type { Asl } from '../asl.ts';

/** In characters; the service's limit. */
const longest = 80;

/** The names of states are short enough for the service. */
export const names = (definition: Asl): readonly Finding[] =>
  Object.keys(definition.States).filter((name) => name.length > longest)
    .map((name) => finding('machine.state-name', `States.${name}`, `the name has ${name.length} characters`));
