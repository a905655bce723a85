import type { Instant } from './time.ts';

/** What the domain asks of the outside. Each port has one implementation, over the AWS SDK, in lib/aws. */

export type Clock = { readonly now: () => Instant };
