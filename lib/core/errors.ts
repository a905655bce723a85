/**
 * Every error this code raises on purpose. The code is stable: programs match on it, so a code is never renamed or
 * reused. `remedy` tells a person how to mend the fault. Neither holds a value from a patient.
 */
export const errorTable = {
  'input.malformed': { status: 400, remedy: 'Send a JSON body that fits the schema of this operation.' },
  'input.invalid': { status: 422, remedy: 'Correct the value at the path that the error names.' },
  'contact.unknown': { status: 404, remedy: 'Import the contact first, or check the contact id.' },
  'contact.shredded': { status: 410, remedy: 'The data key of this contact was deleted; its data cannot be read again.' },
  'contact.changed': { status: 409, remedy: 'The contact changed at the same moment; send the request again.' },
  'consent.changed': { status: 409, remedy: 'A consent record never changes; record the new one under an id of its own.' },
  'consent.unknown': { status: 404, remedy: 'Check the id of the consent record.' },
  'form.unknown': { status: 404, remedy: 'Check the id of the authorization form in the configuration of the organisation.' },
  'journey.unknown': { status: 404, remedy: 'Publish the journey first, or check its name and version.' },
  'journey.no-list': { status: 422, remedy: 'This journey is entered by its triggers alone; give it one on a segment to enter a list on request.' },
  'journey.changed': { status: 409, remedy: 'A published version never changes; publish the change as a new version.' },
  'journey.retired': { status: 409, remedy: 'Publish a version of the journey to open it to entries again.' },
  'journey.not-paused': { status: 409, remedy: 'Nothing is held back; pause the journey first.' },
  'version.occupied': { status: 409, remedy: 'Wait until everybody has left the version, or move them to another one.' },
  'version.latest': { status: 409, remedy: 'Publish a later version first, or retire the journey.' },
  'migration.unknown': { status: 404, remedy: 'Check the id of the migration; the answer to the request for it gave one.' },
  'version.draft': { status: 409, remedy: 'Publish the version first.' },
  'version.deleted': { status: 410, remedy: 'A deleted version is not entered again; publish the change as a new version.' },
  'receipt.unknown': { status: 404, remedy: 'Check the reference of the send: enrolment, step and leg, joined by dots.' },
  'receipt.unreadable': { status: 500, remedy: 'Somebody changed this page of receipts; read the day in the locked archive.' },
  'receipt.contended': { status: 503, remedy: 'Others append to the chain at the same time; the stream repeats the batch by itself.' },
  'follow-up.unknown': { status: 404, remedy: 'Check the id of the follow-up task.' },
  'segment.not-a-member': { status: 422, remedy: 'Add the contact to the segment that the journey enters from first.' },
  'segment.selects': { status: 422, remedy: 'This segment selects its members by a condition; change what the condition reads.' },
  'segment.unknown': { status: 404, remedy: 'Check the name of the segment.' },
  'template.unknown': { status: 500, remedy: 'Publish the journey with the template that this step names.' },
  'template.failed': { status: 500, remedy: 'Render the template with a preview contact to see which expression fails.' },
  'template.value-missing': { status: 422, remedy: 'Complete the record of the contact, or declare another outcome for the value in a new version.' },
  'vault.tampered': { status: 500, remedy: 'The stored value fails authentication; restore it from backup and investigate.' },
  'link.invalid': { status: 404, remedy: 'The link is incomplete or was changed.' },
  'local.unsafe': { status: 500, remedy: 'Unset real AWS credentials and endpoints before starting the local platform.' },
  'local.unsupported': { status: 500, remedy: 'Set AWS_ENDPOINT_URL_DYNAMODB to a DynamoDB endpoint on the loopback interface.' },
  internal: { status: 500, remedy: 'Look up the request id in the log, then the code in docs/runbook.md.' },
} as const satisfies Record<string, { status: number; remedy: string }>;

export type ErrorCode = keyof typeof errorTable;

/** Opaque ids and places in a document; never a patient's value. */
export type ErrorDetail = Readonly<Record<string, string | number | readonly string[]>>;

/**
 * An error that carries a code and ids. Its message is the code alone, because messages reach Step Functions history,
 * logs and CloudWatch; `cause` stays empty for the same reason.
 */
export class SendwellError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}) {
    super(code);
    this.name = code;
    this.code = code;
    this.detail = detail;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get remedy(): string {
    return errorTable[this.code].remedy;
  }
}

/**
 * Ends a burst without failing it: the enrolment moved on under another claim, or it was parked or closed by this
 * very task. Step Functions catches it by name.
 */
export class BurstOver extends Error {
  constructor() {
    super('BurstOver');
    this.name = 'BurstOver';
  }
}

/** A contact that is not there, or whose key is gone: nothing follows from anything about it any more. */
export const isGone = (error: unknown): boolean =>
  error instanceof SendwellError && (error.code === 'contact.unknown' || error.code === 'contact.shredded');
