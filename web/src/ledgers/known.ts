// The ledgers' declarations as they were asked for: they do not change while the program runs, but what one may do in them is one's own.
import { ledgers } from '@/api/ledgers'
import type { Ledger } from '@/api/ledger_types'
import { me } from '@/state/me'

const known = new Map<string, Promise<Ledger>>()
export function ledgerNamed(type: string): Promise<Ledger> {
  const key = `${me.value?.id ?? ''}/${type}`
  const found = known.get(key) ?? ledgers.one(type)
  known.set(key, found)
  found.catch(() => known.delete(key))
  return found
}
