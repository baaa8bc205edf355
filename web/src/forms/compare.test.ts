import { describe, expect, it } from 'vitest'
import type { GoalTable } from '@/api/types'
import { insertIndicator, newIndicator, removeIndicator, setCell } from './cells'
import { compareTable, compareTables, layOver } from './compare'

const names = ['国资门面数', '网络安全事故次数', '服务对象满意度']
const table = (project: string): GoalTable => ({
  kind: 'project',
  title: '2026年项目支出绩效目标表',
  year: 2026,
  unit_name: '株洲市渌口区财政局',
  money_unit: '万元',
  annual_goal: '保障维修',
  tasks: [],
  budget: null,
  project_name: project,
  project_category: null,
  period: null,
  amount: '10',
  indicators: names.map((name, i) => ({ ...newIndicator(), level1: '产出指标', level2: '数量指标', level3: name, comparator: '>=' as const, value: String(i * 7 + 1) })),
})

describe('two revisions of a table', () => {
  it('differ in the cells that were changed, and nowhere else', () => {
    const before = table('甲')
    const after = setCell(setCell(before, 'amount', '12'), 'indicators.1.value', '=0')
    expect(compareTable(before, after).changes).toEqual([
      { kind: 'changed', left: 'amount', right: 'amount', before: '10', after: '12' },
      { kind: 'changed', left: 'indicators.1.comparator', right: 'indicators.1.comparator', before: '≥', after: '=' },
      { kind: 'changed', left: 'indicators.1.value', right: 'indicators.1.value', before: '8', after: '0' },
    ])
    expect(compareTable(before, before).changes).toEqual([])
  })
  it('keep rows together when one is put between or taken out', () => {
    const before = table('甲')
    const inserted = setCell(insertIndicator(before, 1), 'indicators.1.level3', '新指标')
    expect(compareTable(before, inserted).changes).toMatchObject([{ kind: 'added', right: 'indicators.1.level3', after: '新指标' }])
    expect(compareTable(before, inserted).rows).toEqual([
      { left: 0, right: 0 },
      { left: null, right: 1 },
      { left: 1, right: 2 },
      { left: 2, right: 3 },
    ])
    expect(compareTable(before, removeIndicator(before, 0)).changes).toMatchObject([{ kind: 'removed', before: '国资门面数' }])
  })
  it('see a renamed indicator as one changed cell', () => {
    const before = table('甲')
    const renamed = setCell(before, 'indicators.1.level3', '安全事件数')
    expect(compareTable(before, renamed).changes).toMatchObject([{ kind: 'changed', left: 'indicators.1.level3', before: '网络安全事故次数', after: '安全事件数' }])
  })
  it('pair tables by project, whatever their order', () => {
    const pairs = compareTables([table('甲'), table('乙')], [table('乙'), table('丙'), table('甲')])
    expect(pairs.map((pair) => [pair.left, pair.right])).toEqual([
      [0, 2],
      [1, 0],
      [null, 1],
    ])
  })
})

describe('two editors of one submission', () => {
  const base = [table('甲')]
  const edit = (tables: GoalTable[], cell: string, text: string): GoalTable[] => tables.map((one) => setCell(one, cell, text))

  it('keep both their changes when they touched different cells', () => {
    const merge = layOver(base, edit(base, 'amount', '12'), edit(base, 'indicators.0.value', '160'))
    expect(merge?.contested).toEqual([])
    expect(merge?.tables[0]).toMatchObject({ amount: '12', indicators: [{ value: '160' }, {}, {}] })
  })
  it('are told of the cells that both changed', () => {
    const merge = layOver(base, edit(base, 'amount', '12'), edit(base, 'amount', '15'))
    expect(merge?.contested).toMatchObject([{ table: 0, theirs: '15', mine: { after: '12' } }])
    expect(merge?.tables[0]?.amount).toBe('12')
  })
  it('reach the right row though the other one inserted rows above', () => {
    const theirs = base.map((one) => setCell(insertIndicator(one, 0), 'indicators.0.level3', '新指标'))
    const merge = layOver(base, edit(base, 'indicators.2.value', '97'), theirs)
    expect(merge?.tables[0]?.indicators[3]).toMatchObject({ level3: '服务对象满意度', value: '97' })
  })
  it('are not merged by guessing when I added or removed rows', () => {
    expect(layOver(base, base.map((one) => removeIndicator(one, 0)), edit(base, 'amount', '15'))).toBeNull()
  })
})
