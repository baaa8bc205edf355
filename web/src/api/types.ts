// The objects of the HTTP API, named as docs/openapi.yaml names them. Amounts, targets and scores are exact decimals and stay text.

export type TableKind = 'overall' | 'project' | 'self_evaluation' | 'monitoring'
export type Comparator = '>=' | '<=' | '>' | '<' | '=' | 'qualitative'
export type Text = string | null

export interface Source {
  page_or_sheet: string
  row: number
  column: number
  text: string
}

export interface Indicator {
  level1: string
  level2: Text
  level3: string
  comparator: Comparator | null
  value: Text
  unit: Text
  upper?: Text
  horizon?: 'long_term'
  explanation: Text
  scoring_rule: Text
  note: Text
  weight: Text
  actual?: Text
  score?: Text
  deviation?: Text
  forecast?: Text
  causes?: Record<string, string>
  likelihood?: Text
  source?: Source | null
}

export interface Task {
  name: Text
  content: Text
  amount?: Text
  goal?: Text
}

export interface Budget {
  total: Text
  general_public: Text
  government_fund: Text
  special_account: Text
  other: Text
  basic: Text
  project: Text
  state_capital?: Text
  fiscal_appropriation?: Text
}

export interface Execution {
  fund: Text
  initial?: Text
  budget?: Text
  executed?: Text
  forecast?: Text
  rate?: Text
  weight?: Text
  score?: Text
}

export interface GoalTable {
  kind: TableKind
  title: Text
  year: number | null
  unit_name: Text
  department?: Text
  money_unit: Text
  annual_goal: Text
  long_term_goal?: Text
  goal_result?: Text
  tasks: Task[]
  budget: Budget | null
  project_name: Text
  project_category: Text
  period: Text
  amount: Text
  amount_total?: Text
  execution?: Execution[]
  total_score?: Text
  indicators: Indicator[]
  file?: Text
  attachment?: Text
}

export interface Note {
  code: string
  message: string
  table: number | null
  indicator: number | null
  source?: Source | null
}

export type Severity = 'error' | 'warning' | 'hint'
export type Aspect = '完整性' | '相关性' | '适当性' | '可行性'
export type Grade = '优' | '良' | '中' | '差'

export interface Place {
  file: string
  table: number
  indicator: number | null
  field: string
  text: string
}

export interface Finding {
  rule: string
  severity: Severity
  aspect: Aspect
  message: string
  message_en?: Text
  suggestion: Text
  suggestion_en?: Text
  proposed_value: Text
  at: Place[]
  basis: Text
}

export interface TableGrade {
  file: string
  table: number
  grade: Grade
  aspects: Partial<Record<Aspect, { grade: Grade; points: string }>>
}

export interface Report {
  tables: number
  findings: Finding[]
  summary: Record<Severity, number>
  grades: TableGrade[]
}

export type State = 'draft' | 'submitted' | 'returned' | 'approved'
export type Action = 'submit' | 'withdraw' | 'return' | 'approve' | 'delete'

export interface Summary {
  id: string
  unit_name: Text
  year: number | null
  state: State
  revision: number
  tables: number
  error: number
  warning: number
  hint: number
  grade: Grade | null
  updated_at: string
  updated_by: string
  file: Text
  notes: number
  overall_amount: Text
}

export type Counts = Record<State | 'faulty', number>

export interface SubmissionList {
  total: number
  counts: Counts
  items: Summary[]
}

export interface Submission {
  submission: Summary
  tables: GoalTable[]
  notes: Note[]
  audit: Report
  actions: Action[]
  opinion: Text
}

export interface RevisionEntry {
  revision: number
  at: string
  by: string
  why: Text
  action: string
  state: State
  tables: number
}

export interface Revision extends Omit<RevisionEntry, 'tables'> {
  tables: GoalTable[]
  audit: Report
}

export type ImportFileState = 'waiting' | 'imported' | 'unchanged' | 'failed' | 'empty'

export interface ImportFile {
  file: string
  state: ImportFileState
  submission: string | null
  unit_name: Text
  tables: number
  error: number
  warning: number
  hint: number
  code: Text
  message: Text
}

export interface ImportJob {
  id: string
  state: 'running' | 'done' | 'cancelled'
  total: number
  finished: number
  files: ImportFile[]
}

export interface Rule {
  id: string
  severity: Severity
  aspect: Aspect
  title: string
  title_en: string
  basis: Text
  explanation: string
  explanation_en: string
}

export interface JournalEntry {
  seq: number
  at: string
  actor: string
  action: string
  subject: string
  why: Text
  hash: string
}

export interface Verification {
  ok: boolean
  entries: number
  first_bad: { seq: number; reason: string } | null
}

export interface LayoutCell {
  row: number
  column: number
  row_span: number
  column_span: number
  text: string
}

export type LayoutBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'grid'; place: string; rows: number; columns: number; cells: LayoutCell[] }

export interface Layout {
  file: string
  format: string
  blocks: LayoutBlock[]
}

export interface Health {
  status: string
  version: string
  engine: string
  database: string
}

export interface Problem {
  type?: string
  title?: string
  status: number
  code: string
  detail: string
  context?: string[]
  revision?: number
  by?: string
  at?: string
}
