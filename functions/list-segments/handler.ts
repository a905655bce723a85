import * as z from 'zod';
import type { SegmentCatalogue } from '../../lib/core/ports.ts';
import type { ApiAnswer } from '../middleware.ts';

/** `GET /segments`. */
export const SegmentsRequest = z.strictObject({});

export type SegmentsPorts = { readonly segments: Pick<SegmentCatalogue, 'fresh'> };

/** The segments of the app by name, and those that were taken out of it, with what each selects by. */
export const listSegments = ({ segments }: SegmentsPorts) => async (): Promise<ApiAnswer> => {
  const found = (await segments.fresh()).toSorted((one, other) => (one.segment < other.segment ? -1 : 1));
  return {
    status: 200,
    json: {
      segments: found.map(({ segment, title, because, classes, where, retired = false }) => ({ segment, title, because, classes, where, retired })),
    },
  };
};
