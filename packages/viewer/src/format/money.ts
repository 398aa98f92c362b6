/**
 * `$0.0123`, `€4.20`; three digits where it is small, as the cost of one call is. A currency that the reader's machine does
 * not know stands behind the number by its own name.
 */
export function formatMoney(amount: number, currency: string, isChange = false): string {
  const digits: Intl.NumberFormatOptions = {
    ...(Math.abs(amount) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 }),
    ...(isChange && { signDisplay: 'exceptZero' }),
  };
  return /^[A-Z]{3}$/iu.test(currency)
    ? new Intl.NumberFormat(undefined, { style: 'currency', currency, ...digits }).format(amount)
    : `${new Intl.NumberFormat(undefined, digits).format(amount)} ${currency}`;
}
