import type { GoalTable } from '@/api/types'
import { t } from '@/i18n'

/** A table's short name, as tabs and findings call it. */
export function tableName(table: GoalTable): string {
  if (table.kind === 'overall') return t('submission.kind.overall')
  const name = table.project_name ?? t('submission.unnamed_project')
  return table.kind === 'project' ? name : `${name}（${t(`submission.kind.${table.kind}`)}）`
}
