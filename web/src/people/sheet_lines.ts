// Lists copied from a sheet: which column is which by its header's words, and line by line what would be taken.
import type { Layout } from '@/api/types'
import { parseBlock } from '@/forms/paste'
import { folded } from './search'

export interface Column<Key extends string> {
  key: Key
  /** Of the header, folded, without what stands in brackets. */
  words: RegExp
  needed?: boolean
  good?: (text: string) => boolean
}
export interface SheetLine<Key extends string> {
  /** Of the pasted text, from 1, the header counted. */
  number: number
  cells: Record<Key, string>
  /** The column that is at fault, or that the line says again what stood before. */
  trouble: Key | 'twice' | null
}
export interface ReadSheet<Key extends string> {
  columns: Key[]
  lines: SheetLine<Key>[]
  /** The needed columns could not be found among the headers. */
  headless: boolean
}

export const people_columns: Column<'login' | 'name' | 'phone'>[] = [
  { key: 'login', words: /^(登录名|登录账号|账号|用户名)$/, needed: true, good: (text) => /^[A-Za-z0-9._-]{2,32}$/.test(text) },
  { key: 'name', words: /^(人员)?(姓名|名字)$/, needed: true, good: (text) => text !== '' && text.length <= 40 },
  { key: 'phone', words: /^(联系|办公|手机)?(电话|手机|手机号|手机号码|联系方式)$/, good: (text) => text.length <= 40 },
]
export const post_columns: Column<'login' | 'role' | 'unit'>[] = [
  { key: 'login', words: /^(登录名|登录账号|账号|用户名)$/, needed: true, good: (text) => text !== '' },
  { key: 'role', words: /^(岗位|角色)(名称)?$/, needed: true, good: (text) => text !== '' },
  { key: 'unit', words: /^(所在|任职)?(单位|股室|单位或股室|单位股室)(名称|编码)?$/ },
]
export const extension_columns: Column<'unit' | 'work_days' | 'why'>[] = [
  { key: 'unit', words: /^(预算)?(单位)(名称|编码)?$/, needed: true, good: (text) => text !== '' },
  { key: 'work_days', words: /^(延期|延长)?(工作日|天数|工作日数)$/, needed: true, good: (text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 400 },
  { key: 'why', words: /^(延期)?(理由|原因|事由)$/, needed: true, good: (text) => text !== '' && text.length <= 200 },
]

const heading = (text: string): string => folded(text).replace(/[（(].*?[)）]/g, '').replace(/[*:：]/g, '')

/** The header may stand below a title; lines above it say nothing. Lines that say the same are told by the columns of `once`. */
export function readSheet<Key extends string>(text: string, columns: Column<Key>[], once: Key[]): ReadSheet<Key> {
  const rows = parseBlock(text)
  const keyOf = (cell: string): Key | null => columns.find((column) => column.words.test(heading(cell)))?.key ?? null
  const at = rows.findIndex((row) => {
    const found = row.map(keyOf)
    return columns.every((column) => !column.needed || found.includes(column.key))
  })
  if (at < 0) return { columns: [], lines: [], headless: rows.length > 0 }
  const place = new Map<Key, number>()
  ;(rows[at] ?? []).map(keyOf).forEach((key, i) => key && !place.has(key) && place.set(key, i))
  const seen = new Set<string>()
  const lines: SheetLine<Key>[] = []
  rows.slice(at + 1).forEach((row, i) => {
    if (row.every((one) => one.trim() === '')) return
    const cells = Object.fromEntries(columns.map(({ key }) => [key, (row[place.get(key) ?? -1] ?? '').normalize('NFKC').trim()])) as Record<Key, string>
    const same = once.map((key) => cells[key].toLowerCase()).join('\n')
    const wrong = columns.find((column) => column.good && !column.good(cells[column.key]))
    lines.push({ number: at + 2 + i, cells, trouble: wrong ? wrong.key : seen.has(same) ? 'twice' : null })
    seen.add(same)
  })
  return { columns: [...place.keys()], lines, headless: false }
}

/** The grids of a file, each as if it had been copied from there. */
export function sheetTexts(layout: Layout): string[] {
  return layout.blocks
    .filter((block) => block.kind === 'grid')
    .map((grid) => {
      const rows = Array.from({ length: grid.rows }, () => Array<string>(grid.columns).fill(''))
      for (const cell of grid.cells) {
        const row = rows[cell.row]
        // A cell that holds what would part cells or lines is quoted, as a sheet does it.
        if (row) row[cell.column] = /[\t\n"]/.test(cell.text) ? `"${cell.text.replaceAll('"', '""')}"` : cell.text
      }
      return rows.map((row) => row.join('\t')).join('\n')
    })
}
