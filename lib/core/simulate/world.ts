import type { RecentSend } from '../contact/store.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { Attributes } from '../event/attributes.ts';
import type { ContactId, EventName, Name } from '../ids.ts';
import type { Organisation } from '../organisation.ts';
import type { PublishedVersion } from '../ports.ts';
import type { Instant } from '../time.ts';
import type { Behaviour } from './behaviour.ts';

/** A version as it would be published, and all that its contacts meet. */
export type World = {
  readonly version: Pick<PublishedVersion, 'plan' | 'templates'>;
  readonly organisation: Organisation;
  readonly behaviour: Behaviour;
  /** Who is still under way then stays under way. */
  readonly until: Instant;
};

/** One contact of a cohort. */
export type Person = {
  readonly contact: ContactId;
  readonly record: ContactRecord;
  /** Memberships at the start. */
  readonly segments: readonly Name[];
  readonly entersAt: Instant;
  /** Of the event that enters the contact. */
  readonly attributes: Attributes;
  /** Sends of the week before the start; they count for frequency caps. */
  readonly recent: readonly RecentSend[];
  /** What happens to the contact whatever the version sends, oldest first: recorded or made up. */
  readonly happenings: readonly Happening[];
};

/** A link or an image is one of a send step; its run is the one that is simulated. */
export type Happening =
  | { readonly at: Instant; readonly click: Name; readonly of: Name }
  | { readonly at: Instant; readonly open: Name }
  | { readonly at: Instant; readonly joins: Name }
  | { readonly at: Instant; readonly leaves: Name }
  | { readonly at: Instant; readonly event: EventName; readonly attributes?: Attributes | undefined };
