import { describe, expect, it } from 'vitest'
import type { Comparisons, GoalTable, Indicator, LibraryEntry, TargetFigures } from '@/api/types'
import { insertIndicator, newIndicator, setCell } from '@/forms/cells'
import { boxOf, figuresWord, pathOf, unitBehind } from './box'
import { comparedCells, layComparisons } from './comparing'
import { nearFirst, takeEntry } from './taken'

const figures: TargetFigures = { count: 5, least: '90', q1: '92', median: '95', q3: '95', most: '100' }
const entry = (more: Partial<LibraryEntry> = {}): LibraryEntry => ({
  id: 'a'.repeat(32),
  revision: 0,
  level1: '产出指标',
  level2: '质量指标',
  name: '验收合格率',
  direction: 'at_least',
  comparator: '>=',
  unit: '%',
  explanation: '合格数占比',
  scoring_rule: null,
  evidence: null,
  function_class: null,
  retired: false,
  tables: 3,
  units: 2,
  years: 1,
  last_year: 2026,
  overall_tables: 0,
  project_tables: 3,
  figures,
  ...more,
})
const row = (more: Partial<Indicator> = {}): Indicator => ({ ...newIndicator(), level1: '产出指标', level3: '合格率', value: '95', comparator: '>=', unit: '%', ...more })
const table = (indicators: Indicator[]): GoalTable => ({ kind: 'project', title: null, year: 2026, unit_name: '甲局', money_unit: '万元', annual_goal: null, project_name: null, project_category: null, period: null, amount: null, tasks: [], budget: null, indicators })

describe('a box', () => {
  it('spans from the least to the most, and to the own target where that lies beyond', () => {
    expect(boxOf(figures)).toEqual({ least: 2, q1: 21.2, median: 50, q3: 50, most: 98, mark: null })
    expect(boxOf(figures, '110')).toMatchObject({ least: 2, most: 50, mark: 98 })
    expect(boxOf(figures, '显著').mark).toBeNull()
  })
  it('of equal targets stands in the middle', () => {
    const same = { ...figures, least: '95', q1: '95', most: '95' }
    expect(boxOf(same).median).toBe(50)
    expect(figuresWord(same)).toBe('library.figures_same')
    expect(figuresWord({ ...same, count: 1 })).toBe('library.figures_one')
  })
  it('is told with its unit', () => {
    expect(unitBehind('%') + unitBehind('公里') + unitBehind(null)).toBe('% 公里')
    expect(pathOf({ level1: '满意度指标', level2: '满意度指标' })).toBe('满意度指标')
  })
})

describe('an entry taken into a row', () => {
  it('brings name, sign and unit, and words only where there are none', () => {
    const taken = takeEntry(table([row({ comparator: null, unit: null })]), 0, entry()).indicators[0]
    expect(taken).toMatchObject({ level3: '验收合格率', comparator: '>=', unit: '%', explanation: '合格数占比', value: '95', level2: '质量指标' })
    expect(takeEntry(table([row({ explanation: '自己写的' })]), 0, entry()).indicators[0]?.explanation).toBe('自己写的')
    expect(takeEntry(table([row()]), 0, entry({ comparator: '', direction: 'at_most' })).indicators[0]?.comparator).toBe('<=')
  })
  it('is offered first where the level is the row’s', () => {
    expect(nearFirst([entry({ level2: '数量指标' }), entry()], '质量指标').map((one) => one.level2)).toEqual(['质量指标', '数量指标'])
  })
})

describe('comparisons', () => {
  const found: Comparisons = {
    revision: 1,
    rule: { least_peers: 5, reach: '1.5', least_percent: 5, change_percent: 20, years_back: 5 },
    items: [{ table: 0, indicator: 0, entry: 'a', target: '≥95', unit: '%', peers: figures, last_year: null, hints: [{ code: 'far-from-peers', message: '偏高', message_en: 'high' }] }],
  }
  it('follow their row, and fall silent once it is changed', () => {
    const stored = [table([row()])]
    const moved = [insertIndicator(stored[0]!, 0)]
    expect(layComparisons(found, stored, moved)[0]).toMatchObject({ row: 1, cell: 'indicators.1.value', stale: false })
    expect(comparedCells(layComparisons(found, stored, moved)).has('0/indicators.1.value')).toBe(true)
    const changed = [setCell(stored[0]!, 'indicators.0.value', '96')]
    expect(layComparisons(found, stored, changed)[0]?.stale).toBe(true)
    expect(comparedCells(layComparisons(found, stored, changed)).size).toBe(0)
    expect(layComparisons(found, stored, [table([])])).toEqual([])
    expect(layComparisons(null, stored, stored)).toEqual([])
  })
})
