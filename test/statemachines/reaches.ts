/**
 * Whether a path like `steps[3].waitFor[0].of` leads to something in a document; keys may hold dots themselves.
 *
 * @param to `parent`: the last key alone may be missing.
 */
export const reaches = (document: unknown, path: string, to: 'value' | 'parent' = 'value'): boolean => {
  if (path === '') return true;
  if (Array.isArray(document)) {
    const [whole, index] = /^\[(\d+)\]\.?/u.exec(path) ?? [];
    return whole !== undefined && Number(index) < document.length && reaches(document[Number(index)], path.slice(whole.length), to);
  }
  if (typeof document !== 'object' || document === null) return false;
  const into = Object.entries(document).some(([key, value]) =>
    path.startsWith(key) && /^(?:$|[.[])/u.test(path.slice(key.length)) && reaches(value, path.slice(key.length).replace(/^\./u, ''), to));
  return into || (to === 'parent' && /^[^.[\]]+$/u.test(path));
};
