/** Costs in US dollars. */

/** Two digits from ten cents on, below that two that count: $12.30, $0.12, $0.0034; 0 is $0. */
export function formatCost(usd: number): string {
  if (usd === 0) return '$0';
  const size = Math.abs(usd);
  if (size < 0.000001) return usd < 0 ? '-<$0.000001' : '<$0.000001';
  const digits = size >= 0.095 ? 2 : Math.min(1 - Math.floor(Math.log10(size)), 7);
  const text = size.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${usd < 0 ? '−' : ''}$${text}`;
}
