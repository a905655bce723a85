import { walkJourney } from './walk.ts';
import type { WalkOptions } from './walk.ts';

// A process of its own for each walk: its memory is that of one platform and nothing else.
process.once('message', (options: WalkOptions) => {
  void walkJourney(options).then(
    (walk) => process.send?.({ walk }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  ).then(() => process.disconnect());
});
