/** A count and its noun: `1 version`, `2 versions`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
