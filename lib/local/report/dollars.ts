/** `$1,234`, or with cents below ten dollars. */
export const dollars = (amount: number): string => {
  const decimals = amount < 10 ? 2 : 0;
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
};
