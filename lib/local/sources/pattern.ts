type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const comparisons: Readonly<Record<string, (value: unknown, wanted: unknown) => boolean>> = {
  prefix: (value, wanted) => typeof value === 'string' && value.startsWith(String(wanted)),
  suffix: (value, wanted) => typeof value === 'string' && value.endsWith(String(wanted)),
  exists: (value, wanted) => (value !== undefined) === wanted,
  'anything-but': (value, wanted) => ![wanted].flat().includes(value as string),
  'equals-ignore-case': (value, wanted) => String(value).toLowerCase() === String(wanted).toLowerCase(),
};

const matchesOne = (value: unknown, rule: unknown): boolean => {
  if (!isTree(rule)) return value === rule;
  return Object.entries(rule).every(([name, wanted]) => {
    const compare = comparisons[name];
    if (compare === undefined) throw new Error(`filter rule ${name} is not understood`);
    return compare(value, wanted);
  });
};

/**
 * Whether an event fits the pattern of a filter.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const matchesPattern = (pattern: Tree, event: unknown): boolean =>
  Object.entries(pattern).every(([name, rule]) => {
    if (name === '$or') return (rule as Tree[]).some((one) => matchesPattern(one, event));
    const value = isTree(event) ? event[name] : undefined;
    if (Array.isArray(rule)) return rule.some((one) => matchesOne(value, one));
    return isTree(rule) && matchesPattern(rule, value ?? {});
  });
