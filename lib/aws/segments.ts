import * as z from 'zod';
import { Segment } from '../core/segment/segment.ts';
import { env, required } from './env.ts';

const Selection = z.array(Segment.pick({ segment: true, where: true })).readonly();

/** The segments that select contacts by their record, from the variable that the stack sets. */
export const segments = (): z.infer<typeof Selection> => Selection.parse(JSON.parse(required(env.segments)));
