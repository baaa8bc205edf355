// Rows out of and into a spreadsheet.
import { parseBlock } from '@/forms/paste'

/** A cell that a spreadsheet would work out is only text. */
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
/** For Excel a file begins with the mark that tells it the encoding. */
export const csvOf = (rows: string[][]): string => `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
/** What people wrote and a spreadsheet would take for a formula is led by an apostrophe; figures are not touched. */
export const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+%?$/.test(text) ? `'${text}` : text)

/** Rows pasted from Excel are taken as a file of the same content; null where there is no table in it. */
export function pastedFile(text: string, name: string): { file: File; rows: number } | null {
  const rows = parseBlock(text).filter((row) => row.some((one) => one.trim() !== ''))
  if (rows.length < 2 || (rows[0]?.length ?? 0) < 2) return null
  return { file: new File([csvOf(rows)], name, { type: 'text/csv' }), rows: rows.length - 1 }
}
