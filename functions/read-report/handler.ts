import * as z from 'zod';
import { reportOf } from '../../lib/core/engine/report.ts';
import { reportCsv } from '../../lib/core/engine/report-csv.ts';
import { Name } from '../../lib/core/ids.ts';
import type { CountStore, VersionReader } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/**
 * `GET /journeys/{journey}/versions/{version}/report`: how many stand where, what was sent and what became of it, where
 * people left; with `?format=csv` one figure a line.
 */
export const ReportRequest = z.strictObject({
  journey: Name, version: z.coerce.number().int().min(1), format: z.enum(['json', 'csv']).default('json'),
});
export type ReportRequest = z.infer<typeof ReportRequest>;

export type ReportPorts = { readonly counts: Pick<CountStore, 'read'>; readonly versions: VersionReader };

export const readReport = (ports: ReportPorts) => async ({ journey, version, format }: ReportRequest): Promise<ApiAnswer> => {
  const [{ plan }, counts] = await Promise.all([ports.versions.get(journey, version), ports.counts.read(journey, version)]);
  const report = reportOf(plan, version, counts);
  return format === 'csv' ? { status: 200, csv: reportCsv(report) } : { status: 200, json: report };
};
