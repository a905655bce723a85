import type { Finding } from '../../lib/core/journey/findings.ts';
import type { Asl } from '../asl.ts';
import { names } from './names.ts';
import { payload } from './payload.ts';
import { size } from './size.ts';
import { stateTypes } from './state-types.ts';

const rules: readonly ((definition: Asl) => readonly Finding[])[] = [stateTypes, payload, names, size];

/** Checks a definition as it is emitted, whatever emitted it. */
export const checkDefinition = (definition: Asl): readonly Finding[] => rules.flatMap((rule) => rule(definition));
