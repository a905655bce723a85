import { expect, test } from 'vitest';
import type { Enrolment } from '../../../lib/core/engine/enrolment.ts';
import { enter } from '../../../lib/core/engine/enter.ts';
import { untouched } from '../../../lib/core/engine/journey-state.ts';
import type { Instant } from '../../../lib/core/time.ts';
import { compileJourney } from '../../../statemachines/compile/journey.ts';
import { planOf, readText } from '../journey/cases.ts';

const plan = planOf(readText(`
journey: example
title: A journey
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps:
  - { id: begin, goTo: invite }
  - { id: done, end: thanked }
  - { id: invite, send: plain }
  - { id: leave, goTo: done }
`));

test('a journey that begins with a go-to is entered where the go-to leads, which its machine starts at', async () => {
  const rows: Enrolment[] = [];
  const ports = {
    enrolments: { enter: async (row: Enrolment) => rows.push(row) > 0 },
    machines: { start: async () => undefined },
    clock: { now: () => '2026-11-02T14:00:00.000Z' as Instant },
  };
  await enter(ports, plan, 1, untouched('example'), 'c_00000000000000000000000001');
  expect(rows.map(({ step, resumeStep }) => [step, resumeStep])).toEqual([['invite', 'invite']]);
  expect(JSON.stringify(compileJourney(plan, 1).States['Enter'])).toContain('"invite"');
});
