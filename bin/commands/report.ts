import type { VersionReport } from '../../lib/core/engine/report.ts';
import { apiFrom, apiOption } from '../api/client.ts';
import { newestVersion } from '../api/journeys.ts';
import { exit, Refused, Usage } from '../exit.ts';
import { tellReport } from '../reports/version.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  usage: ['report <journey> [<version>] --api <url> [--json | --csv]'],
  about: `Tells of a version how many people stand where, what was sent and what became of it, and where people left: at each
step, by reason, by link, by arm. The newest version, where none is given. Exit status 1 if the counts do not add up.`,
  options: { api: apiOption, csv: { help: 'One figure a line, for spreadsheets.' } },
  run: async ({ words: [journey, version, ...rest], options, json }, { out, paint }) => {
    if (journey === undefined || rest.length > 0) throw new Usage('report takes a journey and a version of it');
    if (json && options.csv) throw new Usage('report takes --json or --csv, not both');
    if (version !== undefined && !/^[1-9]\d{0,5}$/u.test(version)) throw new Usage('a version is a whole number from 1');
    const api = apiFrom(options);
    const path = `journeys/${encodeURIComponent(journey)}/versions/${version ?? await newestVersion(api, journey)}/report`;
    if (options.csv) {
      out((await api.getText(path, { format: 'csv' })).trimEnd());
      return exit.fine;
    }
    const report = await api.get(path) as VersionReport | undefined;
    if (report === undefined) throw new Refused('journey.unknown', 'Publish the journey first, or check its name and version.');
    out(json ? JSON.stringify(report) : tellReport(report, paint));
    return report.nobodyLost ? exit.fine : exit.no;
  },
});
