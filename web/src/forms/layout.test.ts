import { describe, expect, it } from 'vitest'
import type { Finding, GoalTable, Report } from '@/api/types'
import { insertIndicator, newIndicator, removeIndicator, setCell, cellText } from './cells'
import { layoutForm, step, walkingGrid } from './layout'
import { layMarks, markKey } from './marks'

const rows: [string, string, string][] = [
  ['成本指标', '经济成本指标', '国资管理经费'],
  ['产出指标', '数量指标', '国资门面数'],
  ['产出指标', '数量指标', '门面维修次数'],
  ['产出指标', '质量指标', '年度资产报表上报准确性'],
]
const project: GoalTable = {
  kind: 'project',
  title: '2026年项目支出绩效目标表',
  year: 2026,
  unit_name: '株洲市渌口区财政局',
  money_unit: '万元',
  annual_goal: '保障维修',
  tasks: [],
  budget: null,
  project_name: '国资管理专项',
  project_category: '特定目标类',
  period: '2026年',
  amount: null,
  indicators: rows.map(([level1, level2, level3]) => ({ ...newIndicator(), level1, level2, level3 })),
}
const overall: GoalTable = {
  ...project,
  kind: 'overall',
  tasks: [{ name: '国资管理', content: '保障维修' }],
  budget: { total: '1813.77', general_public: '1813.77', government_fund: null, special_account: null, other: null, basic: '1303.77', project: '510' },
}

/** Every line of a section must be covered exactly once by cells and the merged cells above it. */
function widthsOf(section: ReturnType<typeof layoutForm>[number]): number[] {
  const covered: number[] = section.rows.map(() => 0)
  section.rows.forEach((row, at) => {
    for (const cell of row.cells) for (let i = at; i < at + cell.row_span; i++) covered[i] = (covered[i] ?? 0) + cell.column_span
  })
  return covered
}

describe('the official form', () => {
  it.each([project, overall])('has no hole and no overlap in any section', (table) => {
    for (const section of layoutForm(table)) expect(new Set(widthsOf(section)), section.name).toEqual(new Set(section.rows.length ? [section.columns.length] : []))
  })
  it('has the columns of the paper form, in its order', () => {
    const indicators = layoutForm(project).at(-1)
    expect(indicators?.header.map((cell) => cell.label.replace('indicator.', ''))).toEqual([
      'level1',
      'level2',
      'level3',
      'comparator',
      'value',
      'unit',
      'explanation',
      'scoring_rule',
      'note',
      'weight',
    ])
  })
  it('merges equal levels, a second level only within its first', () => {
    const indicators = layoutForm(project).at(-1)
    expect(indicators?.rows.map((row) => row.cells.filter((cell) => /level[12]$/.test(cell.id ?? '')).map((cell) => cell.row_span))).toEqual([[1, 1], [3, 2], [], [1]])
  })
  it('changes every indicator under a merged level cell at once', () => {
    const after = setCell(project, 'indicators.1.level1', '效益指标', 3)
    expect(after.indicators.map((one) => one.level1)).toEqual(['成本指标', '效益指标', '效益指标', '效益指标'])
  })
  it('shows a range as one target and takes it back', () => {
    const after = setCell(project, 'indicators.1.value', '95%-98%')
    expect(after.indicators[1]).toMatchObject({ value: '95', upper: '98', unit: '%' })
    expect(cellText(after, 'indicators.1.value')).toBe('95-98')
    expect(setCell(after, 'indicators.1.value', '96').indicators[1]).not.toHaveProperty('upper')
  })
})

describe('walking with the arrow keys', () => {
  const lines = walkingGrid(layoutForm(project))
  const line = lines.findIndex((cells) => cells.includes('indicators.0.level3'))
  it('stays in its column from row to row', () => {
    expect(step(lines, { id: 'indicators.0.value', line }, 'down', 'value')).toEqual({ id: 'indicators.1.value', line: line + 1 })
  })
  it('enters a merged cell from any row it covers, and leaves it below', () => {
    expect(step(lines, { id: 'indicators.2.level3', line: line + 2 }, 'left', null)).toEqual({ id: 'indicators.1.level2', line: line + 2 })
    expect(step(lines, { id: 'indicators.1.level2', line: line + 2 }, 'down', 'level2')).toEqual({ id: 'indicators.3.level2', line: line + 3 })
  })
  it('stops at the edges', () => {
    expect(step(lines, { id: 'project_name', line: 0 }, 'up', null)).toBeNull()
    expect(step(lines, { id: 'indicators.3.weight', line: line + 3 }, 'down', 'weight')).toBeNull()
  })
})

describe('findings on the form', () => {
  const finding = (at: Finding['at']): Finding => ({ key: '0', rule: 'x', severity: 'error', aspect: '完整性', message: '。', message_en: '.', suggestion: null, suggestion_en: null, proposed_value: null, at, basis: null })
  const report = (...findings: Finding[]): Report => ({ tables: 1, findings, summary: { error: findings.length, warning: 0, hint: 0 }, grades: [] })
  const place = (indicator: number | null, field: string): Finding['at'][number] => ({ file: '', table: 0, indicator, field, text: '' })

  it('mark the cell they name, or the row, or the title', () => {
    const marks = layMarks(report(finding([place(1, 'value')]), finding([place(1, 'elsewhere')]), finding([place(null, 'amount')]), finding([place(null, 'weights')])), [project], [project])
    expect([...marks.cells.keys()]).toEqual([markKey(0, 'indicators.1.value'), markKey(0, 'indicators.1.level3'), markKey(0, 'amount'), markKey(0, 'title')])
  })
  it('mark the merged cell a level stands in', () => {
    expect([...layMarks(report(finding([place(2, 'level2')])), [project], [project]).cells.keys()]).toEqual([markKey(0, 'indicators.1.level2')])
  })
  it('follow their row when another is put above it, and go when it goes', () => {
    const edited = setCell(insertIndicator(project, 0), 'indicators.2.value', '160')
    expect([...layMarks(report(finding([place(1, 'value')])), [project], [edited]).cells.keys()]).toEqual([markKey(0, 'indicators.2.value')])
    const marks = layMarks(report(finding([place(1, 'value')])), [project], [removeIndicator(project, 1)])
    expect(marks.cells.size).toBe(0)
    expect(marks.findings).toHaveLength(1)
  })
})
