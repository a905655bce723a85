import { randomBytes } from 'node:crypto';

/** 128 bits at random, for the id of a page link and for the nonce of a signed form. */
export const newPageId = (): string => randomBytes(16).toString('hex');
