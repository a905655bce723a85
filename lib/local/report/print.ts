import { appointmentSection } from './appointment-section.ts';
import { costSection } from './cost-section.ts';
import { lifeSection } from './life-section.ts';
import type { Report } from './report.ts';
import {
  accessSection, checkSection, deedSection, headline, importSection, journeySection, refusalSection, timelineSection,
} from './sections.ts';
import type { Style } from './sections.ts';

const legend = [
  '  Entered: how often a step was come to. Active: who stands there now. A refused message never leaves; its reason is',
  '  kept in the ledger, and the journey goes on.',
];

/** The report as a person reads it, without a value of any patient. */
export const printReport = (report: Report, style: Style): string => {
  const { paint } = style;
  const sections = [
    headline(report, style),
    ...report.journeys.map((journey) => journeySection(journey, style)),
    legend.map(paint.quiet),
    refusalSection(report.journeys, style),
    importSection(report.imported, style),
    deedSection(report.deeds, style),
    timelineSection(report.timeline, style),
    lifeSection(report.authorization, style),
    appointmentSection(report.appointment, style),
    accessSection(report.access, style),
    costSection(report.cost, style),
    checkSection(report.checks, style),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
};
