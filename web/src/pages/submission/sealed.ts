// Sealed forms as the page tells of them.
import type { SealedForm, SealedValue } from '@/api/types'

/** What differs for certain first; then what nobody could tell; in both by the pages of the file. */
export function groups(form: SealedForm): { certain: SealedValue[]; unsure: SealedValue[] } {
  const page = (value: SealedValue): number => Number(value.page) || 0
  const sorted = [...form.values].sort((a, b) => page(a) - page(b) || a.row - b.row)
  return { certain: sorted.filter((value) => value.certain), unsure: sorted.filter((value) => !value.certain) }
}

/** Read the same, and yet not to be trusted. */
export const guessed = (value: SealedValue): boolean => value.kind === 'changed' && value.record === value.sealed

export type Printed = 'same' | 'other' | 'foreign' | 'none'
/** Which print it was, by the version code at its foot. */
export function printed(form: SealedForm): Printed {
  if (form.code === null) return 'none'
  if (form.printed === null) return 'foreign'
  return form.printed === form.revision ? 'same' : 'other'
}
