import type { DenyCode, PermitCode } from '../../../lib/core/consent/codes.ts';
import { person } from './reasons/person.ts';
import { data } from './reasons/data.ts';
import { basis } from './reasons/basis.ts';
import { form } from './reasons/form.ts';
import { permits } from './reasons/permits.ts';
import type { Case } from './reasons/case.ts';

/** One case a reason. The type asks for a case as soon as a code is added. */
export const cases: { readonly [C in DenyCode | PermitCode]: Case } = {
  ...person,
  ...data,
  ...basis,
  ...form,
  ...permits,
};
