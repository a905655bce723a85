import type { BasisCode } from '../../../../lib/core/consent/codes.ts';
import type { Contact } from '../../../../lib/core/consent/contact.ts';
import type { Message } from '../../../../lib/core/consent/message.ts';
import type { Policy } from '../../../../lib/core/consent/policy.ts';

export type Case = {
  readonly name: string;
  readonly contact: Contact;
  readonly message: Message;
  readonly now?: string;
  readonly policy?: Partial<Policy>;
  readonly basis?: readonly BasisCode[];
  readonly evidence?: readonly string[];
  readonly retryAt?: string;
};
