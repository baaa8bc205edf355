// A block copied from Excel, WPS or Word, put into a form from one cell on.
import type { GoalTable } from '@/api/types'
import { addressOf, indicatorCell, newIndicator, setCell, type CellId, type IndicatorField, type TaskField } from './cells'
import { columnsOf, taskColumns } from './columns'
import { plainText } from './target'

/** Tab-separated text as Excel puts it on the clipboard: a cell with a tab, line break or quote is quoted, quotes doubled. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]
    if (quoted) {
      if (sign === '"' && text[i + 1] === '"') {
        cell += '"'
        i++
      } else if (sign === '"') quoted = false
      else cell += sign
    } else if (sign === '"' && cell === '' && closes(text, i)) quoted = true
    else if (sign === '\t') {
      row.push(cell)
      cell = ''
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[i + 1] === '\n') i++
      row.push(cell)
      rows.push(row)
      row = []
      cell = ''
    } else cell += sign
  }
  if (cell !== '' || row.length > 0) {
    row.push(cell)
    rows.push(row)
  }
  while (rows.length > 0 && rows.at(-1)?.every((c) => c.trim() === '')) rows.pop()
  return rows
}

/** A quote that opens a cell counts only where it also closes before a tab or the line's end; “"十四五"规划” is plain text. */
function closes(text: string, opening: number): boolean {
  for (let i = opening + 1; i < text.length; i++) {
    if (text[i] !== '"') continue
    if (text[i + 1] === '"') {
      i++
      continue
    }
    const after = text[i + 1]
    return after === undefined || after === '\t' || after === '\n' || after === '\r'
  }
  return false
}

const header_words: [IndicatorField, RegExp][] = [
  ['level1', /^一级指标/],
  ['level2', /^二级指标/],
  ['level3', /^(三级指标|指标名称|绩效指标)/],
  ['comparator', /^(比较符号|指标值类型|指标性质|计算符号|运算符号|性质)/],
  ['value', /^(指标值|目标值|年度指标值|绩效目标值)$/],
  ['unit', /^(度量单位|计量单位|单位)/],
  ['explanation', /^(指标解释|指标值说明|指标说明|指标内容)/],
  ['scoring_rule', /^(评.{0,3}扣.{0,3}分标准|评价标准|评分标准|赋分规则)/],
  ['note', /^备注/],
  ['weight', /^(权重|分值)/],
]

/** The columns of a pasted header row, null where the first row is no header. */
function headerColumns(first: string[]): (IndicatorField | null)[] | null {
  const fields = first.map((text) => {
    const folded = text.replace(/[\s（(].*$/s, '').replace(/\s/g, '')
    return header_words.find(([, word]) => word.test(folded) || word.test(text.replace(/\s/g, '')))?.[0] ?? null
  })
  return fields.filter((field) => field !== null).length >= 2 && fields.includes('level3') ? fields : null
}

export interface Pasted {
  table: GoalTable
  cells: number
  rowsAdded: number
  /** Cells that lay right of the form's last column. */
  left_out: number
}

/** Puts a block into the table from `start` on; rows that are missing are added. A block on a single cell of the head is joined into it. */
export function pasteBlock(table: GoalTable, start: CellId, block: string[][]): Pasted {
  const at = addressOf(start)
  if (at.part === 'indicators') return pasteIndicators(table, at.row, at.field, block)
  if (at.part === 'tasks') return pasteTasks(table, at.row, at.field, block)
  const text = block.map((row) => row.join(' ').trim()).join('\n')
  return { table: setCell(table, start, text), cells: 1, rowsAdded: 0, left_out: 0 }
}

function pasteIndicators(table: GoalTable, row: number, field: IndicatorField, block: string[][]): Pasted {
  const header = headerColumns(block[0] ?? [])
  const order = columnsOf(table).map((column) => column.field)
  const from = order.indexOf(field)
  const body = header ? block.slice(1) : block
  const width = Math.max(0, ...body.map((cells) => cells.length))
  const fields: (IndicatorField | null)[] = header ?? Array.from({ length: width }, (_, i) => order[from + i] ?? null)

  const indicators = [...table.indicators]
  let rowsAdded = 0
  while (indicators.length < row + body.length) {
    indicators.push(newIndicator(indicators.at(-1)))
    rowsAdded++
  }
  let result: GoalTable = { ...table, indicators }
  let cells = 0
  let left_out = 0
  body.forEach((texts, offset) => {
    const target = row + offset
    texts.forEach((text, column) => {
      const into = fields[column]
      if (!into) {
        if (text.trim() !== '') left_out++
        return
      }
      result = setCell(result, indicatorCell(target, into), pastedText(result, target, into, text, offset > 0))
      cells++
    })
    const indicator = result.indicators[target]
    if (indicator && fields.includes('value')) result = { ...result, indicators: result.indicators.map((one) => (one === indicator ? settled(one) : one)) }
  })
  return { table: result, cells, rowsAdded, left_out }
}

/** Cells under a merged one arrive empty: a level takes the one above it. */
function pastedText(table: GoalTable, row: number, field: IndicatorField, text: string, below: boolean): string {
  if ((field === 'level1' || field === 'level2') && plainText(text) === null && row > 0 && below) {
    const above = table.indicators[row - 1]
    return (field === 'level1' ? above?.level1 : above?.level2) ?? ''
  }
  return text
}

/** A target in words without a comparator is a qualitative one, as the reader of documents has it. */
function settled(indicator: GoalTable['indicators'][number]): GoalTable['indicators'][number] {
  if (indicator.comparator || indicator.value === null || indicator.upper || /^-?\d/.test(indicator.value)) return indicator
  return { ...indicator, comparator: 'qualitative' }
}

function pasteTasks(table: GoalTable, row: number, field: TaskField, block: string[][]): Pasted {
  const order = taskColumns(table)
  const from = order.indexOf(field)
  const tasks = [...table.tasks]
  let rowsAdded = 0
  let cells = 0
  let left_out = 0
  block.forEach((texts, offset) => {
    const target = row + offset
    if (target >= tasks.length) {
      tasks.push({ name: null, content: null })
      rowsAdded++
    }
    texts.forEach((text, column) => {
      const into = order[from + column]
      if (!into) {
        if (text.trim() !== '') left_out++
        return
      }
      tasks[target] = { name: null, content: null, ...tasks[target], [into]: plainText(text) }
      cells++
    })
  })
  return { table: { ...table, tasks }, cells, rowsAdded, left_out }
}

/** True where the clipboard holds more than one cell. */
export const isBlock = (block: string[][]): boolean => block.length > 1 || (block[0]?.length ?? 0) > 1

/** A block as the clipboard wants it. */
export function blockText(block: string[][]): string {
  return block.map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n')
}
