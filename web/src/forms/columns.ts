// Which columns a form has, in the order of the paper form, and how wide they are.
import type { GoalTable } from '@/api/types'
import type { IndicatorField, TaskField } from './cells'

export interface Column {
  field: IndicatorField
  /** Share of the form's width. */
  width: number
  align: 'left' | 'center' | 'right'
}

const filing: Column[] = [
  { field: 'level1', width: 8.7, align: 'center' },
  { field: 'level2', width: 8.7, align: 'center' },
  { field: 'level3', width: 17, align: 'left' },
  { field: 'comparator', width: 7.3, align: 'center' },
  { field: 'value', width: 10.5, align: 'center' },
  { field: 'unit', width: 7.3, align: 'center' },
  { field: 'explanation', width: 15, align: 'left' },
  { field: 'scoring_rule', width: 12, align: 'left' },
  { field: 'note', width: 8, align: 'left' },
  { field: 'weight', width: 5.5, align: 'center' },
]

const self_evaluation: Column[] = [
  { field: 'level1', width: 8.7, align: 'center' },
  { field: 'level2', width: 8.7, align: 'center' },
  { field: 'level3', width: 17.8, align: 'left' },
  { field: 'comparator', width: 7.3, align: 'center' },
  { field: 'value', width: 12, align: 'center' },
  { field: 'unit', width: 7, align: 'center' },
  { field: 'actual', width: 12, align: 'center' },
  { field: 'weight', width: 6, align: 'center' },
  { field: 'score', width: 6, align: 'center' },
  { field: 'deviation', width: 14.5, align: 'left' },
]

const monitoring: Column[] = [
  { field: 'level1', width: 8.7, align: 'center' },
  { field: 'level2', width: 8.7, align: 'center' },
  { field: 'level3', width: 17.8, align: 'left' },
  { field: 'comparator', width: 7.3, align: 'center' },
  { field: 'value', width: 12, align: 'center' },
  { field: 'unit', width: 7, align: 'center' },
  { field: 'actual', width: 11, align: 'center' },
  { field: 'forecast', width: 11, align: 'center' },
  { field: 'likelihood', width: 8.5, align: 'center' },
  { field: 'note', width: 8, align: 'left' },
]

export function columnsOf(table: GoalTable): Column[] {
  return table.kind === 'self_evaluation' ? self_evaluation : table.kind === 'monitoring' ? monitoring : filing
}

export function taskColumns(table: GoalTable): TaskField[] {
  const columns: TaskField[] = ['name', 'content']
  if (table.tasks.some((task) => task.amount)) columns.push('amount')
  if (table.tasks.some((task) => task.goal)) columns.push('goal')
  return columns
}

/** The tree of level names that the Ministry's forms prescribe (财预〔2020〕10号, 财预〔2021〕101号). */
export const level_tree: Record<string, string[]> = {
  成本指标: ['经济成本指标', '社会成本指标', '生态环境成本指标'],
  产出指标: ['数量指标', '质量指标', '时效指标', '成本指标'],
  效益指标: ['经济效益指标', '社会效益指标', '生态效益指标', '可持续影响指标'],
  满意度指标: ['服务对象满意度指标'],
}

/** Names that may be chosen in a cell instead of typing; empty where none are fixed. */
export function choices(table: GoalTable, row: number, field: IndicatorField): string[] {
  if (field === 'level1') return Object.keys(level_tree)
  if (field === 'level2') return level_tree[table.indicators[row]?.level1 ?? ''] ?? Object.values(level_tree).flat()
  if (field === 'comparator') return ['≥', '≤', '>', '<', '=', '定性']
  return []
}
