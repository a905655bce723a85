import * as z from 'zod';

/** Classes of data, from plain contact details to the notes that only a separate authorization could open. */
export const DataClass = z.enum([
  'contact_info',
  'patient_relationship',
  'demographic',
  'appointment_logistics',
  'appointment_detail',
  'department_of_service',
  'treating_clinician',
  'dates_of_service',
  'outcome',
  'insurance_status',
  'billing_claims',
  'diagnosis',
  'medication',
  'procedure',
  'lab_result',
  'behavioral_health',
  'reproductive_health',
  'hiv_sti',
  'genetic',
  'gender_affirming_care',
  'sud_part2',
  'sud_counseling_notes',
  'psychotherapy_notes',
]);
export type DataClass = z.infer<typeof DataClass>;

/** A set of data classes, one bit a class: the table compares such sets for every message. */
export type ClassSet = number & z.$brand<'ClassSet'>;

const bits = new Map<string, number>(DataClass.options.map((name, place) => [name, 1 << place]));

/** Names that are no data class add nothing; a `*` is read by the rule that knows what it stands for. */
export const classSet = (names: readonly string[]): ClassSet => {
  let set = 0;
  for (const name of names) set |= bits.get(name) ?? 0;
  return set as ClassSet;
};

export const everyClass: ClassSet = classSet(DataClass.options);

/** Data that any message to a known person carries. */
export const base: ClassSet = classSet(['contact_info', 'patient_relationship']);

export const union = (...sets: readonly ClassSet[]): ClassSet => sets.reduce((all, set) => all | set, 0) as ClassSet;
export const minus = (set: ClassSet, taken: ClassSet): ClassSet => (set & ~taken) as ClassSet;
export const within = (set: ClassSet, bounds: ClassSet): boolean => (set & ~bounds) === 0;
export const meets = (set: ClassSet, other: ClassSet): boolean => (set & other) !== 0;
export const isEmpty = (set: ClassSet): boolean => set === 0;
export const namesOf = (set: ClassSet): DataClass[] => DataClass.options.filter((name) => meets(set, classSet([name])));
