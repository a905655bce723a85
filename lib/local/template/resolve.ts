import type { Assembly, Resource, Stack } from './assembly.ts';
import { anyKind, shorten } from './identity.ts';
import type { Kinds, Place } from './identity.ts';

export type Resolver = {
  /** A template value with every intrinsic function worked out. */
  readonly value: (stack: Stack, expression: unknown) => unknown;
  readonly place: (stack: Stack, logicalId: string) => Place;
  /** False for a resource whose condition does not hold. */
  readonly exists: (stack: Stack, resource: Resource) => boolean;
};

type Arguments = readonly unknown[];

const fail = (stack: Stack, what: string): never => {
  throw new Error(`template of stack ${stack.name}: ${what}`);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Works out the intrinsic functions that synthesized templates use, across stacks. Names and ARNs follow from stack
 * name and logical id alone, so they are the same at every start.
 */
export const createResolver = (assembly: Assembly, kinds: Kinds, account: string): Resolver => {
  const { region, stacks } = assembly;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NoValue': undefined,
    'AWS::NotificationARNs': [],
  };

  const place = (stack: Stack, logicalId: string): Place => {
    const resource = stack.Resources[logicalId] ?? fail(stack, `no resource ${logicalId}`);
    const property = kinds[resource.Type]?.nameProperty ?? '';
    const given = resource.Properties?.[property];
    const name = given === undefined ? shorten(`${stack.name}-${logicalId}`) : String(value(stack, given));
    return { region, account, name };
  };

  const ref = (stack: Stack, name: string): unknown => {
    if (name in pseudo) return pseudo[name];
    if (name === 'AWS::StackName') return stack.name;
    if (name === 'AWS::StackId') return `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/local`;
    if (name in stack.Parameters) return stack.Parameters[name]?.Default;
    const kind = kinds[stack.Resources[name]?.Type ?? ''] ?? anyKind;
    return kind.ref(place(stack, name));
  };

  const attribute = (stack: Stack, logicalId: string, name: string): unknown => {
    const kind = kinds[stack.Resources[logicalId]?.Type ?? ''] ?? anyKind;
    const at = place(stack, logicalId);
    return kind.attributes(at)[name] ?? anyKind.attributes(at)[name] ?? `${at.name}.${name}`;
  };

  const substitute = (stack: Stack, text: string, variables: Readonly<Record<string, unknown>>): string =>
    text.replaceAll(/\$\{(!?)([^}]+)\}/gu, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (name in variables) return String(value(stack, variables[name]));
      const [logicalId = '', ...rest] = name.trim().split('.');
      return String(rest.length === 0 ? ref(stack, logicalId) : attribute(stack, logicalId, rest.join('.')));
    });

  const imported = (stack: Stack, name: unknown): unknown => {
    for (const other of stacks) {
      for (const output of Object.values(other.Outputs)) {
        if (output.Export !== undefined && value(other, output.Export.Name) === name) return value(other, output.Value);
      }
    }
    return fail(stack, `nothing exports ${String(name)}`);
  };

  const holds = (stack: Stack, condition: unknown): boolean => value(stack, condition) === true;

  const intrinsics: Readonly<Record<string, (stack: Stack, given: unknown) => unknown>> = {
    Ref: (stack, name) => ref(stack, String(name)),
    'Fn::GetAtt': (stack, given) => {
      const [logicalId = '', ...rest] = Array.isArray(given) ? given.map(String) : String(given).split('.');
      return attribute(stack, logicalId, rest.join('.'));
    },
    'Fn::Join': (stack, given) => {
      const [separator, parts] = given as [string, unknown];
      return (value(stack, parts) as Arguments).map(String).join(separator);
    },
    'Fn::Sub': (stack, given) => (Array.isArray(given)
      ? substitute(stack, String(given[0]), given[1] as Record<string, unknown>) : substitute(stack, String(given), {})),
    'Fn::ImportValue': (stack, name) => imported(stack, value(stack, name)),
    'Fn::Select': (stack, given) => {
      const [at, list] = value(stack, given) as [unknown, Arguments];
      return list[Number(at)];
    },
    'Fn::Split': (stack, given) => {
      const [separator, text] = value(stack, given) as [string, unknown];
      return String(text).split(separator);
    },
    'Fn::FindInMap': (stack, given) => {
      const [map, top, second] = (value(stack, given) as Arguments).map(String);
      return value(stack, stack.Mappings[map ?? '']?.[top ?? '']?.[second ?? '']);
    },
    'Fn::GetAZs': () => [`${region}a`, `${region}b`],
    'Fn::If': (stack, given) => {
      const [condition, yes, no] = given as [string, unknown, unknown];
      return value(stack, holds(stack, stack.Conditions[condition]) ? yes : no);
    },
    'Fn::Equals': (stack, given) => {
      const [one, other] = value(stack, given) as Arguments;
      return one === other;
    },
    'Fn::Not': (stack, given) => !(value(stack, given) as Arguments).includes(true),
    'Fn::And': (stack, given) => (value(stack, given) as Arguments).every((one) => one === true),
    'Fn::Or': (stack, given) => (value(stack, given) as Arguments).includes(true),
    Condition: (stack, name) => value(stack, stack.Conditions[String(name)]),
  };

  const value = (stack: Stack, expression: unknown): unknown => {
    if (Array.isArray(expression)) {
      return expression.map((one) => value(stack, one)).filter((one) => one !== undefined);
    }
    if (!isObject(expression)) return expression;
    const entries = Object.entries(expression);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined) {
      const intrinsic = intrinsics[first[0]];
      // A policy statement's single Condition block is no reference to a condition of the template.
      if (intrinsic !== undefined && !(first[0] === 'Condition' && typeof first[1] !== 'string')) {
        return intrinsic(stack, first[1]);
      }
      if (first[0].startsWith('Fn::')) return fail(stack, `${first[0]} is not understood`);
    }
    return Object.fromEntries(entries
      .map(([key, one]): [string, unknown] => [key, value(stack, one)])
      .filter(([, one]) => one !== undefined));
  };

  return {
    value,
    place,
    exists: (stack, { Condition }) => Condition === undefined || holds(stack, stack.Conditions[Condition]),
  };
};
