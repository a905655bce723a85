/** Writes JSON data with the keys of every object in order, so equal data gives equal text. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join()}}`;
};

/**
 * FNV-1a in 64 bits over the UTF-16 code units of the canonical JSON text, as 16 hexadecimal digits. It tells versions
 * apart; it is no proof against tampering, for which the decision record is signed where it is stored.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9923
 */
export const digestOf = (value: unknown): string => {
  let hash = 0xcbf29ce484222325n;
  const text = canonical(value);
  for (let place = 0; place < text.length; place++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(place))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
};
