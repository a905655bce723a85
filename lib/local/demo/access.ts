import type { Access } from '../report/report.ts';
import type { TrailRecord } from '../trail.ts';

const sampleSize = 10;

const functionOf = ({ userIdentity }: TrailRecord): string => userIdentity.sessionContext.sessionIssuer.userName;

/** The contact that a use of a key or of an item names; undefined for the application's own keys. */
const contactOf = ({ requestParameters }: TrailRecord): string | undefined => {
  const context = requestParameters['encryptionContext'] as { contact?: string } | undefined;
  const key = requestParameters['key'] as { pk?: string } | undefined;
  const id = context?.contact ?? key?.pk;
  return id?.startsWith('c_') === true ? id : undefined;
};

const isDecrypt = ({ eventName, errorCode }: TrailRecord): boolean => eventName === 'Decrypt' && errorCode === undefined;

/**
 * Who unwrapped whose key, from the trail.
 *
 * @param contact The one whose accesses make the sample.
 */
export const accessOf = (trail: readonly TrailRecord[], contact: string): Access => {
  const ofContacts = trail.flatMap((record) => {
    const named = contactOf(record);
    return isDecrypt(record) && named !== undefined ? [{ record, contact: named, function: functionOf(record) }] : [];
  });
  const functions = [...new Set(ofContacts.map((use) => use.function))].sort();
  return {
    decrypts: functions.map((name) => {
      const own = ofContacts.filter((use) => use.function === name);
      return { function: name, decrypts: own.length, contacts: new Set(own.map((use) => use.contact)).size };
    }),
    sample: ofContacts.filter((use) => use.contact === contact).slice(0, sampleSize).map(({ record, ...use }) =>
      ({ at: record.eventTime, function: use.function, action: `kms:${record.eventName}`, contact: use.contact })),
  };
};
