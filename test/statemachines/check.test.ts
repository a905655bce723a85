import { describe, expect, it } from 'vitest';
import type { Asl, State } from '../../statemachines/asl.ts';
import { checkDefinition } from '../../statemachines/check/definition.ts';
import { compileJourney } from '../../statemachines/compile/journey.ts';
import { planOf, readCase } from '../core/journey/cases.ts';

const definition = compileJourney(planOf(readCase('shortest')), 1);
const task = definition.States['end-1'];

/** The shortest machine with a state that no compiler emits. */
const withState = (name: string, state: object): Asl => ({
  ...definition, States: { ...definition.States, [name]: state as State },
});

const withParameters = (parameters: object): Asl =>
  withState('end-1', { ...task, Parameters: { ...(task?.Type === 'Task' ? task.Parameters : {}), ...parameters } });

const found = (asl: Asl) => checkDefinition(asl).map(({ code, path }) => [code, path]);

describe('an emitted definition', () => {
  it('is refused with a parameter that is not in the input of tasks', () => {
    expect(found(withParameters({ 'email.$': '$.contact' })))
      .toEqual([['machine.payload-key', 'States.end-1.Parameters.email.$']]);
  });

  it('is refused with a path that is not in the payload', () => {
    expect(found(withParameters({ 'contact.$': '$.person.name' })))
      .toEqual([['machine.payload-key', 'States.end-1.Parameters.contact.$']]);
  });

  it('is refused with a path that reads the caught error', () => {
    expect(found(withParameters({ 'outcome.$': '$.error' })))
      .toEqual([['machine.payload-key', 'States.end-1.Parameters.outcome.$']]);
  });

  it('is refused with a path that reads the whole payload', () => {
    expect(found(withParameters({ 'contact.$': '$' })))
      .toEqual([['machine.payload-key', 'States.end-1.Parameters.contact.$']]);
  });

  it('is refused with a literal in the place of a value of the contact', () => {
    expect(found(withParameters({ outcome: 'completed' })))
      .toEqual([['machine.payload-key', 'States.end-1.Parameters.outcome']]);
  });

  it('is refused with a choice on what is not in the payload', () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.age', StringEquals: '70', Next: 'end-1' }], Default: 'end-1' };
    expect(found(withState('by-age', choice))).toEqual([['machine.payload-key', 'States.by-age.Choices[0].Variable']]);
  });

  it('is refused with a state of another type', () => {
    expect(found(withState('pass', { Type: 'Pass', Result: { name: 'Ada' }, Next: 'end-1' })))
      .toEqual([['machine.state-type', 'States.pass.Type']]);
  });

  it('is refused with a field that could bring text into the payload', () => {
    expect(found(withState('end-1', { ...task, ResultSelector: { note: 'text' } })))
      .toEqual([['machine.state-type', 'States.end-1.ResultSelector']]);
  });

  it('is refused with a cause beside an error', () => {
    expect(found(withState('Failed', { Type: 'Fail', Error: 'EnrolmentFailed', Cause: 'text' })))
      .toEqual([['machine.state-type', 'States.Failed.Cause']]);
  });

  it('is refused with a name of more than 80 characters', () => {
    const name = 'a'.repeat(81);
    expect(found(withState(name, { Type: 'Succeed' }))).toEqual([['machine.state-name', `States.${name}`]]);
  });

  it('is refused with more than 900 kB', () => {
    expect(found({ ...definition, Comment: 'a'.repeat(900_000) })).toEqual([['journey.too-large', '']]);
  });
});
