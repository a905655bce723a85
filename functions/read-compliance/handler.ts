import * as z from 'zod';
import { complianceOf } from '../../lib/core/audit/compliance.ts';
import { ofAllJourneys } from '../../lib/core/engine/counts.ts';
import type { Clock, CommercialStream, CountStore, RenewalStore, VersionCatalogue, WithdrawalStore } from '../../lib/core/ports.ts';
import { addSeconds } from '../../lib/core/time.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /compliance`. */
export const ComplianceRequest = z.strictObject({});
export type ComplianceRequest = z.infer<typeof ComplianceRequest>;

export type CompliancePorts = {
  readonly versions: VersionCatalogue;
  readonly counts: Pick<CountStore, 'read'>;
  readonly withdrawals: Pick<WithdrawalStore, 'pending'>;
  readonly renewals: Pick<RenewalStore, 'count'>;
  readonly stream: CommercialStream;
  readonly clock: Clock;
};

const daySeconds = 86_400;

/**
 * The share of sends that an authorization carried, refusals by reason, the time that withdrawals took, authorizations
 * that end soon, open follow-up tasks, and how much of the commercial mail of 30 days was reported as spam. Aggregates over everything that was ever published; counts follow a write by
 * some seconds.
 */
export const readCompliance = (ports: CompliancePorts) => async (): Promise<ApiAnswer> => {
  const now = ports.clock.now();
  const within = (days: number): Promise<number> => ports.renewals.count(now, addSeconds(now, days * daySeconds));
  const published = await ports.versions.all();
  const [versions, overall, pending, stream, within30Days, within90Days] = await Promise.all([
    Promise.all(published.map(({ journey, version }) => ports.counts.read(journey, version))),
    ports.counts.read(ofAllJourneys.journey, ofAllJourneys.version),
    ports.withdrawals.pending(), ports.stream.figures(), within(30), within(90),
  ]);
  return { status: 200, json: complianceOf({ versions, overall, pending, stream, renewals: { within30Days, within90Days } }, now) };
};
