// A list of units copied from a sheet: which column is which by its header's words, and line by line what would be taken.
import type { Layout, UnitLine } from '@/api/types'
import { parseBlock } from '@/forms/paste'
import { folded } from './search'
import { sheetTexts } from './sheet_lines'

const words = {
  code: /^(预算)?(单位)?(编码|代码|编号|单位码)$/,
  name: /^(预算)?(单位)?(名称|全称|单位)$|^(部门|机构)(名称)?$/,
  aliases: /^(单位)?(别名|简称|其他名称|曾用名)$/,
  parent: /^(主管部门|主管单位|上级单位|所属部门)(名称|编码)?$/,
  section: /^(业务|归口|主管|对口|管理)(股室|科室|处室|股|科)(名称)?$|^(股室|科室)$/,
  classified: /^(是否)?涉密(单位)?(标志|否)?$/,
} as const
export type UnitColumn = keyof typeof words
export const unit_columns = Object.keys(words) as UnitColumn[]

export interface ReadLine {
  /** Of the pasted text, from 1, the header counted. */
  number: number
  line: UnitLine
  trouble: 'code' | 'name' | 'twice' | 'classified' | null
}
export interface ReadUnits {
  columns: UnitColumn[]
  lines: ReadLine[]
  /** Neither code nor name could be found among the headers. */
  headless: boolean
}

const heading = (text: string): string => folded(text).replace(/[（(].*?[)）]/g, '').replace(/[*:：]/g, '')
const columnOf = (text: string): UnitColumn | null => unit_columns.find((column) => words[column].test(heading(text))) ?? null

function truth(text: string): boolean | null {
  const said = folded(text)
  if (['', '否', '不', '非', '无', 'n', 'no', 'false', '0', '×', '非涉密', '不涉密'].includes(said)) return false
  return ['是', '涉密', 'y', 'yes', 'true', '1', '√', '✓'].includes(said) ? true : null
}

/** The grid of a file that holds a list of units, the first where none names its columns, as if it had been copied from there. */
export function sheetText(layout: Layout): string {
  const texts = sheetTexts(layout)
  return texts.find((text) => !readUnits(text).headless && readUnits(text).lines.length > 0) ?? texts[0] ?? ''
}

/** The header may stand below a title; lines above it are no units. */
export function readUnits(text: string): ReadUnits {
  const rows = parseBlock(text)
  const at = rows.findIndex((row) => {
    const found = row.map(columnOf)
    return found.includes('code') && found.includes('name')
  })
  const header = at < 0 ? [] : (rows[at] ?? []).map(columnOf)
  if (at < 0) return { columns: [], lines: [], headless: rows.length > 0 }
  const first = new Map<UnitColumn, number>()
  header.forEach((column, i) => column && !first.has(column) && first.set(column, i))
  const seen = new Set<string>()
  const lines: ReadLine[] = []
  rows.slice(at + 1).forEach((row, i) => {
    const cell = (column: UnitColumn): string => (row[first.get(column) ?? -1] ?? '').trim()
    if (row.every((one) => one.trim() === '')) return
    const code = cell('code').normalize('NFKC')
    const classified = truth(cell('classified'))
    const trouble = !/^[!-~]{1,40}$/.test(code) ? 'code' : cell('name') === '' ? 'name' : seen.has(code) ? 'twice' : classified === null ? 'classified' : null
    seen.add(code)
    lines.push({
      number: at + 2 + i,
      line: { code, name: cell('name'), aliases: cell('aliases') || null, parent: cell('parent') || null, section: cell('section') || null, classified: classified ?? false },
      trouble,
    })
  })
  return { columns: [...first.keys()], lines, headless: false }
}
