// A receipt (数据来源) as a file, and what a check of it says.
import type { ReceiptVerdict } from '@/api/ledger_types'

/** The content of a receipt's file; null where it is something else. */
export function receiptIn(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
    const one = parsed as Record<string, unknown>
    return typeof one['measure'] === 'string' && typeof one['receipt'] === 'object' && one['receipt'] !== null ? one : null
  } catch {
    return null
  }
}
export type Change = 'came' | 'went' | 'changed'
export const changeOf = (one: ReceiptVerdict['changed'][number]): Change => (!one.revision ? 'came' : !one.now ? 'went' : 'changed')
export const toneOf = (state: ReceiptVerdict['state']): 'good' | 'warn' | 'stop' => (state === 'same' ? 'good' : state === 'foreign' ? 'stop' : 'warn')
