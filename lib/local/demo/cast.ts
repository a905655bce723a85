import { createRandom } from '../../core/random.ts';

/**
 * What sets a patient of the script apart. `authorizes` signs the form for the partner's program before anything is
 * sent; `joins` does so and follows the program's link; `revokes` is refused the first message, then signs the form on
 * its page, gets the next message and takes the authorization back in the middle of the wait that follows.
 */
export type Role = 'portal' | 'bounces' | 'unsubscribes' | 'scanned' | 'authorizes' | 'revokes' | 'joins';

/** Somebody whom mail may reach: adult, alive, with an address. */
export type Candidate = { readonly source: string; readonly segments: readonly string[] };

const inProgram: readonly Role[] = ['revokes', 'joins', 'authorizes'];
const others: readonly Role[] = ['portal', 'bounces', 'unsubscribes', 'scanned'];

/** Gives each role to one patient, by source; the program's roles to members of its segment. */
export const castOf = (candidates: readonly Candidate[], seed: number): ReadonlyMap<string, Role> => {
  const { shuffled } = createRandom(seed, 'cast');
  const inSegment = ({ segments }: Candidate): boolean => segments.includes('people-with-diabetes');
  const assign = (roles: readonly Role[], people: readonly Candidate[]): [string, Role][] => {
    const drawn = shuffled(people);
    return roles.flatMap((role, at): [string, Role][] => {
      const source = drawn[at]?.source;
      return source === undefined ? [] : [[source, role]];
    });
  };
  return new Map([
    ...assign(inProgram, candidates.filter(inSegment)),
    ...assign(others, candidates.filter((candidate) => !inSegment(candidate))),
  ]);
};
