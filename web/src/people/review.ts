// The bureau's own judgement of a filing, as the page works with it.
import type { Aspect, Finding, Submission, TableGrade } from '@/api/types'

export const aspects: Aspect[] = ['完整性', '相关性', '适当性', '可行性']

export type Waiver = Submission['filing']['review']['waivers'][number]
export type Judged = Submission['filing']['review']['judged'][number]

export const waiverOf = (submission: Submission, finding: Finding): Waiver | null => submission.filing.review.waivers.find((one) => one.finding === finding.key) ?? null
export const judgedOf = (submission: Submission, table: number, aspect: Aspect): Judged | null => submission.filing.review.judged.find((one) => one.table === table && one.aspect === aspect) ?? null

/** Errors that still stand in the way of a signature. */
export const openErrors = (submission: Submission): Finding[] => submission.audit.findings.filter((finding) => finding.severity === 'error' && waiverOf(submission, finding) === null)

/** Tables whose grade does not let them go on. */
export const stopped = (submission: Submission): TableGrade[] => submission.grades.filter((grade) => !submission.rules.passing_grades.includes(grade.grade))

/** Whether the auditor may write himself and ask the unit to agree. */
export const mayPropose = (submission: Submission): boolean => submission.may_review && submission.filing.review.proposal === null && submission.grades.every((grade) => submission.rules.editable_grades.includes(grade.grade))

const cents = (text: string): number | null => {
  const match = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}
/** Points from nothing to what the aspect has, with two decimals at most. */
export function pointsFault(text: string, most: string): 'shape' | 'range' | null {
  const given = cents(text)
  if (given === null) return 'shape'
  return given > (cents(most) ?? 0) ? 'range' : null
}
