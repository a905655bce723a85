import type { Draft } from './receipt.ts';
import type { ReceiptStore } from './store.ts';

export type ClaimPorts = Pick<ReceiptStore, 'claim' | 'isAppended' | 'giveUp'>;

/** Claims at the same time; the SDK has fifty connections. */
const claimsAtOnce = 40;
/** How often a page that goes first is looked at, about a second, before it is taken for one whose writer died. */
const looks = 200;

/**
 * Whether a page that stands in the way is given up from now on; false where it was appended. Of two writers that claim
 * the same outcomes at the same time, the one whose page sorts first does not wait for the other, and the other does, so
 * that they never go on taking claims from each other.
 */
const isGivenUp = async (receipts: ClaimPorts, page: string, other: string): Promise<boolean> => {
  for (let look = 0; look < looks && other < page; look += 1) if (await receipts.isAppended(other)) return false;
  return receipts.giveUp(other);
};

/**
 * Claims for a page all that stands in no page that was appended, and gives that back, in order.
 *
 * An outcome that is in an appended page keeps its claim: it had the claim when the page was appended, only a page that was
 * given up loses one, and that one is never appended. So no second page has it.
 */
export const claimFor = async (receipts: ClaimPorts, page: string, drafts: readonly Draft[]): Promise<readonly Draft[]> => {
  const ends = new Map<string, Promise<boolean>>();
  const endOf = (other: string): Promise<boolean> => {
    const end = ends.get(other) ?? isGivenUp(receipts, page, other);
    ends.set(other, end);
    return end;
  };
  const isClaimed = async (draft: Draft): Promise<boolean> => {
    let standing = await receipts.claim(draft, page);
    while (standing !== undefined) {
      if (!await endOf(standing)) return false;
      standing = await receipts.claim(draft, page, standing);
    }
    return true;
  };
  const claimed: Draft[] = [];
  for (let from = 0; from < drafts.length; from += claimsAtOnce) {
    const some = drafts.slice(from, from + claimsAtOnce);
    const won = await Promise.all(some.map(isClaimed));
    claimed.push(...some.filter((_, index) => won[index]));
  }
  return claimed;
};
