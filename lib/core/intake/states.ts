import type { State } from '../consent/state.ts';

const east = 'America/New_York';
const central = 'America/Chicago';
const mountain = 'America/Denver';
const pacific = 'America/Los_Angeles';

/**
 * Name and time zone by postal code. The zone is null where the state lies in more than one, or keeps more than one
 * calendar of summer time (Arizona): a guess would send at the wrong hour.
 * @see 49 CFR part 71
 */
const stateTable = {
  AL: ['Alabama', central], AK: ['Alaska', null], AZ: ['Arizona', null], AR: ['Arkansas', central],
  CA: ['California', pacific], CO: ['Colorado', mountain], CT: ['Connecticut', east], DE: ['Delaware', east],
  DC: ['District of Columbia', east], FL: ['Florida', null], GA: ['Georgia', east], HI: ['Hawaii', 'Pacific/Honolulu'],
  ID: ['Idaho', null], IL: ['Illinois', central], IN: ['Indiana', null], IA: ['Iowa', central], KS: ['Kansas', null],
  KY: ['Kentucky', null], LA: ['Louisiana', central], ME: ['Maine', east], MD: ['Maryland', east],
  MA: ['Massachusetts', east], MI: ['Michigan', null], MN: ['Minnesota', central], MS: ['Mississippi', central],
  MO: ['Missouri', central], MT: ['Montana', mountain], NE: ['Nebraska', null], NV: ['Nevada', null],
  NH: ['New Hampshire', east], NJ: ['New Jersey', east], NM: ['New Mexico', mountain], NY: ['New York', east],
  NC: ['North Carolina', east], ND: ['North Dakota', null], OH: ['Ohio', east], OK: ['Oklahoma', central],
  OR: ['Oregon', null], PA: ['Pennsylvania', east], RI: ['Rhode Island', east], SC: ['South Carolina', east],
  SD: ['South Dakota', null], TN: ['Tennessee', null], TX: ['Texas', null], UT: ['Utah', mountain],
  VT: ['Vermont', east], VA: ['Virginia', east], WA: ['Washington', pacific], WV: ['West Virginia', east],
  WI: ['Wisconsin', central], WY: ['Wyoming', mountain],
  AS: ['American Samoa', 'Pacific/Pago_Pago'], GU: ['Guam', 'Pacific/Guam'],
  MP: ['Northern Mariana Islands', 'Pacific/Guam'], PR: ['Puerto Rico', 'America/Puerto_Rico'],
  VI: ['Virgin Islands', 'America/St_Thomas'], FM: ['Federated States of Micronesia', null],
  MH: ['Marshall Islands', 'Pacific/Majuro'], PW: ['Palau', 'Pacific/Palau'],
  AA: ['Armed Forces Americas', null], AE: ['Armed Forces Europe', null], AP: ['Armed Forces Pacific', null],
} as const satisfies Readonly<Record<State, readonly [name: string, zone: string | null]>>;

const isStateCode = (text: string): text is State => Object.hasOwn(stateTable, text);

const codes = new Map(Object.entries(stateTable).map(([code, [name]]) => [name.toUpperCase(), code]));

/** The postal code of a state given by code or by name, in any case; undefined for anything else. */
export const stateCodeOf = (text: string): State | undefined => {
  const upper = text.trim().toUpperCase();
  const code = codes.get(upper) ?? upper;
  return isStateCode(code) ? code : undefined;
};

/** IANA name of the one zone that a whole state keeps, or null. */
export const zoneOfState = (code: State): string | null => stateTable[code][1];
