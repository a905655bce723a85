/**
 * Why a row or an entry was not taken in. The code is stable. Neither path nor remedy holds a value: the report may be
 * mailed, logged or shown to someone who may not see the record.
 */
export const refusalTable = {
  'row.malformed': 'Give each row as an object with the columns of the export.',
  'source.missing': 'Give the record the id it has in its source system.',
  'source.repeated': 'Keep one row per id; the first one was taken.',
  'birth-date.invalid': 'Give a full calendar date, not in the future and not more than 130 years ago.',
  'death-date.invalid': 'Give a calendar date between birth and today, or leave it empty.',
  'state.unknown': 'Give the postal code or the full name of a state, or leave it empty.',
  'time-zone.unknown': 'Give a name of the IANA time zone database, or leave it empty.',
  'email.invalid': 'Give one e-mail address, or leave it empty.',
  'field.invalid': 'Correct the value; the contact record defines what each field may hold.',
  'field.undeclared': 'Remove what the contact record does not declare; it is not kept.',
  'patient.unknown': 'Export the patient together with the rows that refer to them.',
  'code.missing': 'Give the SNOMED CT code of a condition, the RxNorm code of a medication.',
  'bundle.malformed': 'Send a FHIR R4 resource of type Bundle with a list of entries.',
  'bundle.without-patient': 'Add the Patient resource to the bundle.',
  'entry.malformed': 'Give each entry as an object with a resource that has a type.',
  'resource.malformed': 'Correct the element at the path; FHIR R4 defines its type.',
} as const satisfies Record<string, string>;

export type RefusalCode = keyof typeof refusalTable;

export type Refusal = {
  /** Counted from 1: the row of the table below its header, the entry of the bundle, the contact of the request; 0 is the whole. */
  readonly row: number;
  readonly code: RefusalCode;
  readonly path: string;
  readonly remedy: string;
};

export const refusal = (row: number, code: RefusalCode, path: string): Refusal =>
  ({ row, code, path, remedy: refusalTable[code] });

/** `['name', 0, 'given']` as `name[0].given`. */
export const dotted = (keys: readonly PropertyKey[]): string =>
  keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').replace(/^\./u, '');

/** What came in, and what did not; good rows go in beside bad ones. */
export type Intake<T> = { readonly contacts: readonly T[]; readonly refused: readonly Refusal[] };
