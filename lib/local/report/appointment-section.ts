import type { Report } from './report.ts';
import type { Style } from './sections.ts';
import { tableLines } from './table.ts';

/** An appointment that was moved while its reminders waited. */
export const appointmentSection = ({ contact, entries }: Report['appointment'], { paint, when }: Style): readonly string[] => [
  paint.strong('One appointment, and the reminders that moved with it'),
  ...tableLines([{ title: 'when' }, { title: 'what' }], entries.map(({ at, what }) => [when.minute(at), what]), paint),
  paint.quiet(`  of ${contact}`),
];
