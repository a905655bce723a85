import { Payload, TaskInput } from '../../lib/core/engine/payload.ts';
import { type Finding, finding, pathOf } from '../../lib/core/journey/findings.ts';
import type { Asl, State } from '../asl.ts';

const inputKeys: ReadonlySet<string> = new Set(Object.keys(TaskInput.shape));
const readable: ReadonlySet<string> = new Set(Object.keys(Payload.shape).map((key) => `$.${key}`));

/** What a task may state itself; all else comes from the payload. */
const constants: ReadonlySet<string> = new Set(['journey', 'version', 'step']);

/** Where the service puts the error that it caught. Nothing reads it. */
const errorPath = '$.error';

type Leaf = { readonly keys: readonly PropertyKey[]; readonly text: string };

const texts = (value: unknown, keys: readonly PropertyKey[]): readonly Leaf[] => {
  if (typeof value === 'string') return [{ keys, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((inner, index) => texts(inner, [...keys, index]))
    : Object.entries(value).flatMap(([key, inner]) => texts(inner, [...keys, key]));
};

const parameterFindings = (state: State, name: string): readonly Finding[] =>
  (state.Type !== 'Task' ? [] : Object.keys(state.Parameters).flatMap((key) => {
    const path = pathOf(['States', name, 'Parameters', key]);
    const input = key.replace(/\.\$$/u, '');
    if (!inputKeys.has(input)) return [finding('machine.payload-key', path, `"${input}" is not in the task's input`)];
    if (input === key && !constants.has(key)) return [finding('machine.payload-key', path, `"${key}" is not a constant`)];
    return [];
  }));

/** JSONPath begins with `$`; a placeholder, `${SendMessage}`, is none. */
const isPath = (text: string): boolean => text.startsWith('$') && !text.startsWith('${');

const pathFindings = (state: State, name: string): readonly Finding[] =>
  texts(state, ['States', name])
    .filter(({ text }) => isPath(text) && !readable.has(text))
    .filter(({ keys, text }) => !(text === errorPath && keys.at(-1) === 'ResultPath'))
    .map(({ keys, text }) => finding('machine.payload-key', pathOf(keys), `${text} is not in the payload`));

/**
 * The allow-list of the payload holds for the definition as it is emitted: tasks take the keys of the task input, all
 * but names and numbers of the definition come from the payload, and no path reads beside the payload's keys.
 */
export const payload = (definition: Asl): readonly Finding[] =>
  Object.entries(definition.States).flatMap(([name, state]) => [
    ...parameterFindings(state, name),
    ...pathFindings(state, name),
  ]);
