import { expect, it } from 'vitest'
import type { Layout } from '@/api/types'
import { readUnits, sheetText } from './unit_lines'

it('reads columns by their headers, wherever they stand', () => {
  const { columns, lines } = readUnits('渌口区预算单位一览表\n序号\t单位名称\t单位编码\t是否涉密\t业务股室\n1\t教育局\t101\t否\t教科文股\n2\t公安局\t102\t是\t行财股\n')
  expect(columns).toEqual(['name', 'code', 'classified', 'section'])
  expect(lines.map(({ number, line }) => [number, line.code, line.name, line.section, line.classified])).toEqual([
    [3, '101', '教育局', '教科文股', false],
    [4, '102', '公安局', '行财股', true],
  ])
})
it('tells of each line why it cannot be taken', () => {
  const { lines } = readUnits('编码\t名称\t涉密\n101\t教育局\t\n\t民政局\t\n103\t\t\n101\t财政局\t\n104\t水利局\t也许')
  expect(lines.map((one) => one.trouble)).toEqual([null, 'code', 'name', 'twice', 'classified'])
})
it('knows a paste without headers for what it is', () => {
  expect(readUnits('101\t教育局').headless).toBe(true)
  expect(readUnits('').headless).toBe(false)
})
it('leaves blank lines out and counts them all the same', () => {
  expect(readUnits('编码\t名称\n\t\n１０１\t教育局').lines).toEqual([{ number: 3, line: { code: '101', name: '教育局', aliases: null, parent: null, section: null, classified: false }, trouble: null }])
})
const cell = (row: number, column: number, text: string): Layout['blocks'][number] extends infer B ? (B extends { cells: (infer C)[] } ? C : never) : never => ({ row, column, row_span: 1, column_span: 1, text })
it('takes the grid of a file that names its columns, cells with line ends and all', () => {
  const grid = (rows: string[][]): Layout['blocks'][number] => ({ kind: 'grid', place: '1', rows: rows.length, columns: 2, cells: rows.flatMap((row, r) => row.map((text, c) => cell(r, c, text))) })
  const layout: Layout = { file: 'a.xlsx', format: 'xlsx', pages: [], blocks: [{ kind: 'paragraph', text: '一览表' }, grid([['说明', '随便']]), grid([['编码', '名称'], ['101', '教育局\n本级']])] }
  const { lines } = readUnits(sheetText(layout))
  expect(lines.map(({ line, trouble }) => [line.code, line.name.replace(/\s/g, ''), trouble])).toEqual([['101', '教育局本级', null]])
  expect(sheetText({ ...layout, blocks: [] })).toBe('')
})
