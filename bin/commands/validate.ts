import { fileURLToPath } from 'node:url';
import { exit } from '../exit.ts';
import { findingJson, findingLines } from '../journeys/findings.ts';
import { journeyReader } from '../journeys/layout.ts';
import { plural } from '../words.ts';
import { defineCommand } from './command.ts';

const shipped = fileURLToPath(new URL('../../statemachines/journeys', import.meta.url));

export const command = defineCommand({
  usage: ['validate [<folder or file>…] [--json]'],
  about: `Checks journeys as publishing would, and lists every fault with file, line, column, code and remedy. Each path is a
folder of journeys, or a journey, a version or a file in one; the journeys that ship, where none is given. A folder of
journeys holds segments.yaml and <journey>/v<version>/journey.yaml with its templates beside it.`,
  options: {},
  run: async ({ words, json }, { out, paint }) => {
    const read = journeyReader();
    const held = (words.length === 0 ? [shipped] : words).map(read);
    const versions = new Map(held.flatMap((one) => one.versions).map(({ plan, version }) => [`${plan.journey}/v${version}`, { journey: plan.journey, version }]));
    const findings = [...new Map(held.flatMap((one) => one.findings).map((one) => [JSON.stringify(one), one])).values()];
    const status = findings.length === 0 ? exit.fine : exit.no;
    if (json) {
      out(JSON.stringify({ versions: [...versions.values()], findings: findings.map(findingJson) }));
      return status;
    }
    if (findings.length > 0) out(`${findingLines(findings, paint).join('\n')}\n`);
    const whole = `${plural(versions.size, 'version')} without a fault`;
    out(findings.length === 0 ? paint.good(whole) : `${plural(findings.length, 'finding')}; ${whole}`);
    return status;
  },
});
