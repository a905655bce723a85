import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { drawJourney } from '../../../lib/core/journey/drawing/draw.ts';
import { exitsOf } from '../../../lib/core/journey/exits.ts';
import type { Plan } from '../../../lib/core/journey/plan.ts';
import { after, stepOf } from '../../../lib/core/journey/walk.ts';
import { labels, plans } from '../../statemachines/plans.ts';
import { casesWith, planOf, readCase, readText } from './cases.ts';

// What Mermaid takes as one quoted text: no quote, no hash but that of a code, nothing of HTML but a break.
const quoted = '"(?:[\\p{L}\\p{M}\\p{N}_ .,:;?!()%/\'=+-]|#\\d+;|<br/>)*"';
const pairs = [
  ['\\[', '\\]'], ['\\{\\{', '\\}\\}'], ['>', '\\]'], ['\\{', '\\}'], ['\\[/', '\\\\\\]'], ['\\(', '\\)'], ['\\[\\(', '\\)\\]'],
  ['\\(\\(\\(', '\\)\\)\\)'], ['\\[\\[', '\\]\\]'], ['\\(\\[', '\\]\\)'], ['\\[\\\\', '/\\]'],
].map(([open = '', close = '']) => `${open}${quoted}${close}`).join('|');
const boxLine = new RegExp(`^ {2,4}([swg]\\d+)(?:${pairs})$`, 'u');
const arrowLine = new RegExp(`^ {2}([sw]\\d+) -->(?:\\|(${quoted})\\|)? (s\\d+)$`, 'u');
const groupLines = new RegExp(`^ {2}subgraph anywhere\\[${quoted}\\]$|^ {2}end$`, 'u');

const bodyOf = (drawing: string): readonly string[] => drawing.split('\n').slice(4);

type Arrow = { readonly from: string; readonly to: string; readonly words: string };

/** The lines between steps, by the ids of the steps: a box is numbered in the order of the plan. */
const arrowsOf = (plan: Plan): readonly Arrow[] => {
  const ids = Object.keys(plan.steps);
  const idOf = (box = ''): string => ids[Number(box.slice(1))] ?? box;
  return bodyOf(drawJourney(plan, 1)).flatMap((line) => {
    const [, from = '', words = '', to = ''] = arrowLine.exec(line) ?? [];
    return from.startsWith('s') ? [{ from: idOf(from), to: idOf(to), words: words.slice(1, -1) }] : [];
  });
};

const pairsOf = (arrows: readonly Pick<Arrow, 'from' | 'to'>[]): readonly string[] => arrows.map(({ from, to }) => `${from} ${to}`).toSorted();

describe('the picture of any plan', () => {
  it('has a line for every way that leads from a step, and no other', () => {
    fc.assert(fc.property(plans, (plan) => {
      const ways = Object.values(plan.steps).flatMap((step) => exitsOf(step).map((to) => ({ from: step.id, to })));
      expect(pairsOf(arrowsOf(plan))).toEqual(pairsOf(ways));
    }));
  });

  it('has a line to wherever an outcome leads', () => {
    fc.assert(fc.property(plans, fc.constantFrom(...labels, 'timeout', 'otherwise', 'missing', 'skipped', 'passed', 'sent'), (plan, outcome) => {
      const drawn = new Set(pairsOf(arrowsOf(plan)));
      for (const { id, kind } of Object.values(plan.steps)) {
        const known = kind !== 'split' && kind !== 'wait-for-event' ? true : exitLabels(plan, id).includes(outcome);
        const to = known ? after(plan, id, outcome) : undefined;
        if (to !== undefined) expect(drawn).toContain(`${id} ${to}`);
      }
    }));
  });

  it('tells apart the lines that leave a step, where there are several', () => {
    fc.assert(fc.property(plans, (plan) => {
      const arrows = arrowsOf(plan);
      for (const { from, words } of arrows.filter((one) => arrows.filter(({ from: same }) => same === one.from).length > 1)) {
        expect(words).not.toBe('');
        expect(arrows.filter((one) => one.from === from && one.words === words)).toHaveLength(1);
      }
    }));
  });

  it('has one box for each step', () => {
    fc.assert(fc.property(plans, (plan) => {
      const boxes = bodyOf(drawJourney(plan, 1)).flatMap((line) => boxLine.exec(line)?.[1] ?? []).filter((id) => id.startsWith('s'));
      expect(boxes).toEqual(Object.keys(plan.steps).map((_, index) => `s${index}`));
    }));
  });
});

const exitLabels = (plan: Plan, id: string): readonly string[] => {
  const step = stepOf(plan, id);
  if (step.kind === 'split') return step.arms.map(({ label }) => label);
  return step.kind === 'wait-for-event' ? [...step.events.map(({ label }) => label), 'timeout'] : [];
};

const sound = casesWith('asl.json').flatMap((name) => {
  const read = readCase(name);
  return 'plan' in read ? [[name, read.plan] as const] : [];
});

/** Lines that Mermaid would not read. */
const unread = (drawing: string): readonly string[] =>
  bodyOf(drawing).filter((line) => ![boxLine, arrowLine, groupLines].some((form) => form.test(line)));

describe('what Mermaid reads', () => {
  it.each(sound)('is every line of the picture of %s', (_, plan) => {
    expect(unread(drawJourney(plan, 1))).toEqual([]);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.constantFrom('"]\n  s0 --> s1', 'a --- b', '#quot;', '`x`', '<script>', '%%{init: {}}%%', 'end', '---\nx', '\u2028', '"`_a_`"'),
  );

  it('is the title, whatever it is, and comes to the same title', () => {
    fc.assert(fc.property(anyText, (title) => {
      const [open, line = '', close, kind] = drawJourney({ ...simple, title }, 3).split('\n');
      expect([open, close, kind]).toEqual(['---', '---', 'flowchart TD']);
      expect(parse(line)).toEqual({ title: `${title} (example v3)` });
      expect(line).not.toMatch(/[<>&{}]/u);
    }));
  });

  it('is every line, whatever a condition asks for', () => {
    fc.assert(fc.property(anyText, (value) => {
      const asking = { ...simple, exits: [{ label: 'gone', status: 'EXITED' as const, when: { field: 'lastName', equals: value } }] };
      expect(unread(drawJourney(asking, 1))).toEqual([]);
    }));
  });
});

const simple = planOf(readText(`
journey: example
title: A journey
message: { purpose: health_education, content: [contact_info] }
sender: { name: Northside, address: news@northside.example, replyTo: help@northside.example }
enter: { segment: members, source: membership system, because: plan administration }
steps: [{ end: completed }]
`));

const drawn = (name: string): readonly string[] => bodyOf(drawJourney(planOf(readCase(name)), 1)).map((line) => line.trim());

describe('a picture', () => {
  it('shows each kind of step in a shape of its own', () => {
    const shapes = new Map(sound.flatMap(([, plan]) => Object.values(plan.steps).map(({ kind }, index) => {
      const line = drawJourney(plan, 1).split('\n').find((one) => one.startsWith(`  s${index}`) && !one.includes('-->')) ?? '';
      return [kind, line.replace(/^ {2}s\d+/u, '').replace(new RegExp(quoted, 'u'), '…')] as const;
    })));
    expect(shapes.size).toBe(9);
    expect(new Set(shapes.values()).size).toBe(9);
  });

  it('leads every way in to the first step, and says how often', () => {
    expect(drawn('every-trigger').filter((line) => line.startsWith('w'))).toEqual([
      'w0(["on request, from members"])', 'w0 -->|"once a year"| s0',
      'w1(["by joining guests"])', 'w1 -->|"once a year"| s0',
      'w2(["by the event lab.booked where its kind is blood"])', 'w2 -->|"once a year"| s0',
      'w3(["3 days before their birthDate, at 09:00 in the contact\'s zone, or America/New_York, every year, 29 February being kept on 28 February of a common year"])',
      'w3 -->|"once a year"| s0',
      'w4(["as soon as their age is at least 65"])', 'w4 -->|"once a year"| s0',
      'w5(["after 90 days without an open, a click or an event"])', 'w5 -->|"once a year"| s0',
      'w6(["by being handed over from other-example"])', 'w6 -->|"once a year"| s0',
    ]);
  });

  it('sets the goals and exits apart, since they end a run wherever it is', () => {
    expect(drawn('every-trigger').slice(-4)).toEqual([
      'subgraph anywhere["wherever they are, their run ends by"]',
      'g0[\\"goal booked<br/>reached when visit.booked comes"/]',
      'g1[\\"exit guest<br/>taken as soon as they are in guests"/]',
      'end',
    ]);
  });

  it('says what is awaited, how long, and where the time leads', () => {
    expect(drawn('every-kind').filter((line) => /^s1\W/u.test(line))).toEqual([
      's1>"answer<br/>waits for guest, more and portal-login, at most 1 day 12 hours"]',
      's1 -->|"guest: the link webinar of first is clicked"| s8',
      's1 -->|"more: the link more of first is clicked"| s2',
      's1 -->|"portal-login: portal.login comes"| s2',
      's1 -->|"timeout"| s4',
    ]);
  });
});
