import type { Arguments, Template as Node } from 'liquidjs';
import { IfTag, TokenKind, Value } from 'liquidjs';
import type { Part } from './parse.ts';
import { engineOf, partNames, parsePart } from './parse.ts';
import type { Template } from './template.ts';
import { ValueName } from './template.ts';
import { distinct, nameOf } from './uses.ts';

type Argument = Arguments extends Iterable<infer A> ? A : never;

/** An expression as a node of its own, so that the names in it can be listed. */
const nodeOf = (expression: Argument, { token }: Node): Node =>
  ({ token, render: () => undefined, arguments: () => [expression] });

const namesIn = (part: Part, node: Node): readonly string[] =>
  Object.values(engineOf(part).analyzeSync([node]).globals).flat()
    .map((use) => nameOf(use) ?? '')
    .filter((name) => ValueName.safeParse(name).success);

/** `contact.firstName`, or several joined by `and`: a condition that asks whether there are values, and nothing else. */
const isTest = (value: Value): boolean =>
  value.filters.length === 0 && value.initial.postfix.every((token) =>
    token.kind === TokenKind.PropertyAccess || (token.kind === TokenKind.Operator && token.getText().trim() === 'and'));

/** What an expression must have: behind the filter `default` only what the filters are given. */
const neededOf = (expression: Argument): readonly Argument[] =>
  (expression instanceof Value && expression.filters[0]?.name === 'default'
    ? expression.filters.flatMap(({ args }) => args.map((arg) => (Array.isArray(arg) ? arg[1] : arg)).filter((arg) => arg !== undefined))
    : [expression]);

const childrenOf = (node: Node): readonly Node[] => {
  const children = node.children?.(false, true);
  if (children === undefined) return [];
  let step = children.next();
  while (step.done !== true) step = children.next(step.value);
  return step.value;
};

const neededBy = (part: Part, node: Node, tested: ReadonlySet<string>): readonly string[] => {
  const within = (nodes: readonly Node[], known: ReadonlySet<string>) => nodes.flatMap((inner) => neededBy(part, inner, known));
  const read = (expression: Argument): readonly string[] =>
    neededOf(expression).flatMap((needed) => namesIn(part, nodeOf(needed, node))).filter((name) => !tested.has(name));
  if (!(node instanceof IfTag)) {
    return [...[...node.arguments?.() ?? []].flatMap(read), ...within(childrenOf(node), tested)];
  }
  return [
    ...node.branches.flatMap(({ value, templates }) => (isTest(value)
      ? within(templates, new Set([...tested, ...namesIn(part, nodeOf(value, node))]))
      : [...read(value), ...within(templates, tested)])),
    ...within(node.elseTemplates ?? [], tested),
  ];
};

/**
 * The values of the record and the run that a message cannot do without: those that it reads without the filter
 * `default` and outside `{% if <value> %}`. Each needs an outcome for whoever lacks it. Throws what parsing throws.
 */
export const neededIn = (template: Template): readonly string[] =>
  distinct(partNames.flatMap((part) => parsePart(template, part).flatMap((node) => neededBy(part, node, new Set()))));
