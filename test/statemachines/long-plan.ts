import type { Plan } from '../../lib/core/journey/plan.ts';
import { planOf, readText } from '../core/journey/cases.ts';

const round = `
  - send: hello
  - waitFor: [{ event: portal.login }]
    within: 7 days
  - addToSegment: guests
  - wait: 3 days
`;

/** A plan of a number of steps, a multiple of four, with sends, event waits and waits by turns. */
export const longPlan = (steps: number): Plan => planOf(readText(`
journey: long
title: A long journey
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:${round.repeat(steps / 4 - 1)}${round.split('\n').slice(0, -2).join('\n')}
  - end: completed
`));
