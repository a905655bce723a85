import * as z from 'zod';
import { nobodyLost } from '../../lib/core/engine/counts.ts';
import { Name } from '../../lib/core/ids.ts';
import type { CountStore, VersionReader } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /journeys/{journey}/versions/{version}/report`: how many stand where, and what was sent and refused. */
export const ReportRequest = z.strictObject({ journey: Name, version: z.coerce.number().int().min(1) });
export type ReportRequest = z.infer<typeof ReportRequest>;

export type ReportPorts = { readonly counts: Pick<CountStore, 'read'>; readonly versions: VersionReader };

export const readReport = (ports: ReportPorts) => async ({ journey, version }: ReportRequest): Promise<ApiAnswer> => {
  const [{ plan }, counts] = await Promise.all([ports.versions.get(journey, version), ports.counts.read(journey, version)]);
  const count = (name: string): number => counts[name] ?? 0;
  const reasons = Object.entries(counts).filter(([name, amount]) => name.startsWith('refused/') && amount !== 0);
  return {
    status: 200,
    json: {
      journey,
      version,
      title: plan.title,
      entered: count('entered'), active: count('active'), completed: count('completed'), exited: count('exited'), failed: count('failed'),
      nobodyLost: nobodyLost(counts),
      sends: {
        sent: count('send/sent'), pending: count('send/pending'), unknown: count('send/unknown'), refused: count('send/refused'),
        putOff: count('send/deferred'),        delivered: count('delivered'), bounced: count('bounced'),
      },
      refusedBy: Object.fromEntries(reasons.map(([name, amount]) => [name.slice('refused/'.length), amount])),
      // A go-to is an arrow, not a place: nobody stands there.
      steps: Object.values(plan.steps).filter(({ kind }) => kind !== 'go-to').map((step) => ({
        step: step.id, kind: step.kind, activeNow: count(`at/${step.id}`), everProcessed: count(`passed/${step.id}`),
        ...(step.kind === 'send' ? { sent: count(`send/sent/${step.id}`), refused: count(`send/refused/${step.id}`) } : {}),
      })),
    },
  };
};
