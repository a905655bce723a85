import type { AuthorizationLife, LifeEntry } from './report.ts';
import type { Style } from './sections.ts';
import type { Cell } from './table.ts';
import { tableLines } from './table.ts';

const ruleOf = ({ code, cite, records, receipts }: LifeEntry): string => [
  code === '' ? cite : `${code} (${cite})`,
  ...records,
  ...(receipts.length === 0 ? [] : [`receipt ${receipts.join(' and ')}`]),
].join(', ');

/** Two rows an entry: what and why, and under it the rule, the records and the receipts. */
const rowsOf = (entry: LifeEntry, { paint, when }: Style): readonly (readonly Cell[])[] =>
  [[when.minute(entry.at), entry.what, entry.why], ['', '', paint.quiet(ruleOf(entry))]];

export const lifeSection = ({ contact, entries }: AuthorizationLife, style: Style): readonly string[] => {
  const { paint } = style;
  const sends = entries.flatMap(({ send }) => send ?? []);
  return [
    paint.strong('One authorization, from refusal to revocation'),
    ...tableLines([{ title: 'when' }, { title: 'what' }, { title: `why, of ${contact}` }], entries.flatMap((entry) => rowsOf(entry, style)), paint),
    ...(sends.length === 0 ? [] : ['', paint.quiet('  More of each message, while the platform is up:')]),
    ...sends.map((send) => paint.quiet(`  npm run sendwell -- why ${send} --api <url>`)),
  ];
};
