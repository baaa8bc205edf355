// The objects of the HTTP API, by the names that docs/openapi.json gives them; schema.ts is made of it by every build.
// Amounts, targets and scores are exact decimals and stay text.
import type { components } from './schema'

type Schemas = components['schemas']
/** What answers always carry, though requests may leave it out. */
type Filled<T, Optional extends keyof T = never> = Required<Omit<T, Optional>> & Pick<T, Optional>

export type Source = Schemas['Source']
export type Indicator = Filled<Schemas['Indicator'], 'upper' | 'horizon' | 'actual' | 'score' | 'deviation' | 'forecast' | 'causes' | 'likelihood' | 'source'>
export type Task = Filled<Schemas['Task'], 'amount' | 'goal'>
export type Budget = Filled<Schemas['Budget'], 'state_capital' | 'fiscal_appropriation'>
export type Execution = Schemas['Execution']
type TableHead = Omit<Schemas['GoalTable'], 'tasks' | 'budget' | 'indicators'>
/** A table as a submission holds it; one made up on the page has no file. */
export type GoalTable = Filled<TableHead, 'department' | 'long_term_goal' | 'goal_result' | 'amount_total' | 'execution' | 'total_score'> & {
  tasks: Task[]
  budget: Budget | null
  indicators: Indicator[]
  file?: string
  attachment?: string | null
}
export type TableKind = GoalTable['kind']
export type Comparator = NonNullable<Indicator['comparator']>

export type Note = Schemas['Note']
export type Place = Schemas['Place']
export type Finding = Schemas['Finding']
export type Severity = Finding['severity']
export type Aspect = Finding['aspect']
export type TableGrade = Schemas['TableGrade']
export type Grade = TableGrade['grade']
export type Report = Schemas['Report']

export type Summary = Schemas['Summary']
export type State = Summary['state']
export type Action = Schemas['Action']
export type SubmissionList = Schemas['SubmissionList']
export type Submission = Omit<Schemas['Submission'], 'tables'> & { tables: GoalTable[] }
export type RevisionEntry = Schemas['RevisionEntry']
export type Revision = Omit<Schemas['PastRevision'], 'tables'> & { tables: GoalTable[] }

export type ImportFile = Schemas['ImportFile']
export type ImportJob = Schemas['ImportJob']

export type Beginning = Schemas['Beginning']
export type Pack = Schemas['Pack']
export type Rule = Schemas['Rule']
export type Actual = Schemas['Actual']
export type Actuals = Schemas['Actuals']
export type LeaseAccount = Schemas['LeaseAccount']
export type MeasureEntry = Schemas['Measures']['measures'][number]
export type JournalEntry = Schemas['JournalEntry']
export type LoginEvent = Schemas['LoginEvent']
export type Verification = Schemas['Verification']

export type Me = Schemas['Me']
export type MyPost = Me['posts'][number]
export type Permission = Schemas['Permission']
export type Role = Schemas['Role']
export type Step = Schemas['Step']
export type Filing = Schemas['Filing']
export type Signature = Schemas['Signature']
export type Setup = Schemas['Setup']
export type SetupLinks = Schemas['SetupLinks']
export type SecondFactor = Schemas['SecondFactor']
export type Session = Schemas['Session']
export type Delegation = Schemas['Delegation']
export type DelegationRequest = Schemas['DelegationRequest']
export type Colleague = Schemas['Colleagues'][number]
export type Post = Schemas['Post']
export type Account = Schemas['Account']
export type AccountRequest = Schemas['AccountRequest']
export type Unit = Schemas['Unit']
export type UnitRequest = Schemas['UnitRequest']
export type UnitLine = Schemas['UnitLines']['lines'][number]
export type UnitsTaken = Schemas['UnitsTaken']
export type AccountLine = Schemas['AccountLines']['lines'][number]
export type AccountsTaken = Schemas['AccountsTaken']
export type PostLine = Schemas['PostLines']['lines'][number]
export type PostsTaken = Schemas['PostsTaken']
export type ExtensionLine = Schemas['ExtensionLines']['lines'][number]
export type LikelyUnit = Schemas['LikelyUnits'][number]

export type Layout = Schemas['Layout']
export type LayoutBlock = Layout['blocks'][number]
export type LayoutCell = Schemas['LayoutCell']
export type LayoutPage = Schemas['LayoutPage']
export type Health = Schemas['Health']
/** A failure that never reached the program has only these. */
export type Problem = Pick<Schemas['Problem'], 'status' | 'code' | 'detail'> & Partial<Schemas['Problem']>

export type FilingYear = Schemas['FilingYear']
export type FilingYearRequest = Schemas['FilingYearRequest']
export type Extension = Schemas['ExtensionRequest']
export type Wall = Schemas['Wall']
export type Tile = Schemas['Tile']
export type TargetFigures = Schemas['TargetFigures']
export type LibraryEntry = Schemas['LibraryEntry']
export type LibraryPage = Schemas['LibraryPage']
export type LibraryUse = Schemas['LibraryUse']
export type LibraryDetail = Schemas['LibraryDetail']
export type LibraryEntryRequest = Schemas['LibraryEntryRequest']
export type Comparison = Schemas['Comparison']
export type Comparisons = Schemas['Comparisons']
export type SealedForm = Schemas['SealedForm']
export type SealedValue = Schemas['SealedValue']
export type Overview = Schemas['Overview']
export type SectionFigures = Schemas['SectionFigures']
export type RuleUnit = Schemas['RuleUnits'][number]
export type Notice = Schemas['Notice']
export type Calendar = Schemas['Calendar']
export type CalendarDay = Schemas['CalendarDay']
export type CalendarEntry = Schemas['CalendarEntry']
export type Mails = Schemas['Mails']
export type OutsiderLink = Schemas['OutsiderLink']
export type OutsiderLinkRequest = Schemas['OutsiderLinkRequest']
export type Visit = Schemas['Visit']
export type VisitTables = Omit<Schemas['VisitTables'], 'tables'> & { tables: GoalTable[] }
export type Outcome = Schemas['ManyOutcomes'][number]

export type Publications = Schemas['Publications']
export type Publishable = Schemas['Publishable']
/** A deadline that explains itself (base/deadline.h). */
export interface PublicationDeadline {
  rule: string | null
  start: string
  due: string
  provisional: boolean
  steps: { date: string; weekday: string; name: string | null; counted: number | null; provisional: boolean }[]
}

export type Round = Schemas['Round']
export type RoundRequest = Schemas['RoundRequest']
export type FollowUpPage = Schemas['FollowUpPage']
export type FollowUpSummary = Schemas['FollowUpSummary']
export type FollowUpTable = Schemas['FollowUpTable']
export type FollowUpKind = Round['kind']
export type FollowUpState = FollowUpSummary['state']
export type Light = FollowUpSummary['light']
/** A form; its tables as the pages know goal tables. */
export type FilledTable = Omit<Schemas['FilledTable'], 'table'> & { table: GoalTable }
export type FollowUp = Omit<Schemas['FollowUp'], 'tables'> & { tables: FilledTable[] }
export type TableEntry = Schemas['TableEntry']
export type IndicatorEntry = Schemas['IndicatorEntry']
export type FollowUpAction = FollowUp['actions'][number]
export type Remark = Schemas['Remark']
export type Origin = Schemas['Origin']
export type Alarm = Schemas['Alarm']
export type AlarmPage = Schemas['AlarmPage']
export type FormFault = Schemas['FormFault']
