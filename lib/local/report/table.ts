import type { Paint } from './paint.ts';

export type Column = { readonly title: string; readonly align?: 'right' };
export type Cell = string | number;

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

const textOf = (cell: Cell): string => (typeof cell === 'number' ? number.format(cell) : cell);

/** Lines of a table with aligned columns, two blanks apart and two blanks in; a number shows at most two decimals. */
export const tableLines = (columns: readonly Column[], rows: readonly (readonly Cell[])[], paint: Paint): readonly string[] => {
  const texts = rows.map((row) => columns.map((_, at) => textOf(row[at] ?? '')));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...texts.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, at) => (columns[at]?.align === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ')}`.trimEnd();
  return [paint.quiet(line(columns.map(({ title }) => title))), ...texts.map(line)];
};
