import { isCare } from '../../engine/follow-up.ts';
import type { Check } from '../draft.ts';
import { finding } from '../findings.ts';

/** Nobody is held out of messages that a person may come to harm without. */
export const holdout: Check = ({ document: { holdout: declared, message } }) =>
  (declared === undefined || !isCare(message.purpose) ? []
    : [finding('journey.holdout-of-care', 'holdout', `purpose ${message.purpose} is care`)]);
