import { Organisation } from '../core/organisation.ts';
import { env, required } from './env.ts';

/** The organisation that this deployment is configured for. */
export const organisation = (): Organisation => Organisation.parse(JSON.parse(required(env.organisation)));
