import type { Actual } from '@/api/types'

/** How full the bar is, in per cent of the target; for looking at only, the figures are the server's. */
export function shareOf(actual: Pick<Actual, 'target' | 'value' | 'met'>): number {
  if (actual.met) return 100
  const target = Number(/-?\d+(\.\d+)?/.exec(actual.target)?.[0] ?? NaN)
  const value = Number(actual.value)
  if (!Number.isFinite(target) || !Number.isFinite(value) || target === 0) return 4
  const share = /[≤<]/.test(actual.target) ? target / value : value / target
  return Math.min(99, Math.max(4, Math.round(share * 100)))
}
