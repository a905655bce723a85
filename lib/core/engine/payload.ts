import * as z from 'zod';
import { ContactId, EnrolmentId, Name } from '../ids.ts';

/**
 * All that may stand in workflow state. Execution inputs, outputs and names reach Step Functions history, EventBridge
 * and CloudWatch, so there is no PHI, no date, no free text and no error message here: opaque ids, the step, two
 * counters and an outcome label. The emitted definitions are checked against these keys.
 */
export const Payload = z.strictObject({
  contact: ContactId,
  enrolment: EnrolmentId,
  /** The step that ran last; in an execution's input the step to start at. */
  step: Name,
  /**
   * What the step came to: `sent`, `refused` or `unknown` for a send, `passed` or `skipped` for a wait, a label or `timeout` for an event
   * wait, a label, `missing` or `otherwise` for a branch on data; a burst that ends at a wait ends as `parked`. Other steps
   * leave it as it was.
   */
  outcome: Name,
  /** How often the enrolment was claimed. Fences off a burst whose lease has passed to another. */
  seq: z.int().min(0),
  /** How often the enrolment was parked. Stays the same when a burst is repeated after a crash. */
  leg: z.int().min(0),
});
export type Payload = z.infer<typeof Payload>;

/** What a Task state hands to its function: the payload of its predecessor, and constants of the definition. */
export const TaskInput = z.strictObject({
  journey: Name,
  version: z.int().min(1),
  /** The step this Task stands for. */
  step: Name,
  /** `step` of the predecessor's payload. */
  from: Name,
  contact: ContactId,
  enrolment: EnrolmentId,
  outcome: Name,
  seq: z.int().min(0),
  leg: z.int().min(0),
});
export type TaskInput = z.infer<typeof TaskInput>;

export const reservedOutcomes = [
  'none', 'parked', 'timeout', 'passed', 'skipped', 'sent', 'refused', 'unknown', 'otherwise', 'missing',
] as const;
