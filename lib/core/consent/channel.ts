import * as z from 'zod';

export const Channel = z.enum(['email', 'sms']);
export type Channel = z.infer<typeof Channel>;

/** Who reads at an address. */
export const Reader = z.enum(['individual', 'personal_representative', 'involved_person']);
