import { describe, expect, it } from 'vitest'
import type { GoalTable } from '@/api/types'
import { newIndicator } from './cells'
import { blockText, parseBlock, pasteBlock } from './paste'

const table = (rows: number): GoalTable => ({
  kind: 'project',
  title: null,
  year: 2026,
  unit_name: null,
  money_unit: '万元',
  annual_goal: null,
  tasks: [],
  budget: null,
  project_name: '国资管理专项',
  project_category: null,
  period: null,
  amount: null,
  indicators: Array.from({ length: rows }, () => ({ ...newIndicator(), level1: '产出指标', level2: '数量指标', level3: '国资门面数' })),
})

describe('a block from the clipboard', () => {
  it('is split at tabs and line ends, whichever the system writes', () => {
    expect(parseBlock('甲\t乙\r\n丙\t丁\r\n')).toEqual([
      ['甲', '乙'],
      ['丙', '丁'],
    ])
    expect(parseBlock('甲\n乙')).toEqual([['甲'], ['乙']])
  })
  it('keeps line breaks, tabs and doubled quotes of a quoted cell', () => {
    expect(parseBlock('"第一行\n第二行"\t"说""是"""\n"a\tb"\t1')).toEqual([
      ['第一行\n第二行', '说"是"'],
      ['a\tb', '1'],
    ])
  })
  it('leaves quotes alone that do not wrap the whole cell', () => {
    expect(parseBlock('"十四五"规划完成率\t95')).toEqual([['"十四五"规划完成率', '95']])
    expect(parseBlock('6" 管道\t3')).toEqual([['6" 管道', '3']])
    expect(parseBlock('"没有收尾\t3')).toEqual([['"没有收尾', '3']])
  })
  it('keeps empty cells and drops empty lines at the end', () => {
    expect(parseBlock('\t\t3\n\n')).toEqual([['', '', '3']])
    expect(parseBlock('')).toEqual([])
  })
  it('survives being copied and parsed again', () => {
    const block = [
      ['甲\n乙', '说"是"', ''],
      ['a\tb', '2', '3'],
    ]
    expect(parseBlock(blockText(block))).toEqual(block)
  })
})

describe('pasting into the indicators', () => {
  it('fills from the active cell and adds the rows that are missing, under the levels above', () => {
    const { table: after, rowsAdded, cells } = pasteBlock(table(1), 'indicators.0.level3', parseBlock('国资门面数\t≥\t160\t个\n门面维修次数\t>\t12\t次'))
    expect(rowsAdded).toBe(1)
    expect(cells).toBe(8)
    expect(after.indicators[1]).toMatchObject({ level1: '产出指标', level2: '数量指标', level3: '门面维修次数', comparator: '>', value: '12', unit: '次' })
  })
  it('fills merged level cells down, which arrive empty', () => {
    const { table: after } = pasteBlock(table(0), 'indicators.0.level1', parseBlock('产出指标\t数量指标\t甲\n\t\t乙\n\t质量指标\t丙'))
    expect(after.indicators.map((one) => [one.level1, one.level2, one.level3])).toEqual([
      ['产出指标', '数量指标', '甲'],
      ['产出指标', '数量指标', '乙'],
      ['产出指标', '质量指标', '丙'],
    ])
  })
  it('follows the header row of the block when there is one', () => {
    const { table: after } = pasteBlock(table(1), 'indicators.0.level1', parseBlock('三级指标\t指标值\t度量单位\t指标值类型\n国资门面数\t160\t个\t>'))
    expect(after.indicators).toHaveLength(1)
    expect(after.indicators[0]).toMatchObject({ level1: '产出指标', level3: '国资门面数', value: '160', unit: '个', comparator: '>' })
  })
  it('says how many cells lay beyond the last column', () => {
    expect(pasteBlock(table(1), 'indicators.0.weight', parseBlock('10\t多余\t')).left_out).toBe(1)
  })
  it('reads comparators and numbers as people write them', () => {
    const { table: after } = pasteBlock(table(1), 'indicators.0.value', parseBlock('不低于９５％'))
    expect(after.indicators[0]).toMatchObject({ comparator: '>=', value: '95', unit: '%' })
    const words = pasteBlock(table(1), 'indicators.0.value', parseBlock('及时完成'))
    expect(words.table.indicators[0]).toMatchObject({ comparator: 'qualitative', value: '及时完成' })
  })
  it('leaves the table it was given untouched', () => {
    const before = table(1)
    const copy = structuredClone(before)
    pasteBlock(before, 'indicators.0.level3', parseBlock('甲\t=\t1\n乙\t=\t2'))
    expect(before).toEqual(copy)
  })
})

describe('pasting into the tasks', () => {
  it('adds the tasks that are missing', () => {
    const overall: GoalTable = { ...table(0), kind: 'overall', tasks: [{ name: '国资管理', content: null }] }
    const { table: after } = pasteBlock(overall, 'tasks.0.name', parseBlock('国资管理\t保障维修\n投资评审\t及时评审'))
    expect(after.tasks).toMatchObject([
      { name: '国资管理', content: '保障维修' },
      { name: '投资评审', content: '及时评审' },
    ])
  })
})
