import type { Cost } from './cost.ts';
import { dollars } from './dollars.ts';
import { assumptions } from './prices.ts';
import type { Style } from './sections.ts';
import { tableLines } from './table.ts';

const right = { align: 'right' } as const;

export const costSection = ({ contacts, lines, standardDollars, expressDollars }: Cost, { paint }: Style): readonly string[] => {
  const { functionGigabytes, functionSeconds } = assumptions;
  return [
    paint.strong('What this would have cost on AWS'),
    ...tableLines(
      [{ title: 'service' }, { title: 'unit' }, { title: 'used', ...right }, { title: 'per contact', ...right }, { title: 'per million contacts', ...right }],
      [
        ...lines.map((line) => [line.service, line.unit, line.used, line.perContact, dollars(line.dollarsPerMillion)]),
        ['all', 'machines STANDARD', '', '', dollars(standardDollars)],
        ['all', 'machines EXPRESS', '', '', dollars(expressDollars)],
      ],
      paint,
    ),
    '',
    `  Units counted at the engines over ${contacts} contacts, import included; list prices of us-east-1, no free tier.`,
    `  Assumed: ${functionSeconds * 1000} ms at ${functionGigabytes * 1024} MB for each invocation. Not counted: logs, traces, the trail, storage, the firewall.`,
  ];
};
