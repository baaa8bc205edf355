// One submission being worked on: its tables as they stand, the way back through edits, the findings of now, and saving against others.
import { computed, ref, shallowRef, watch } from 'vue'
import { api, ApiProblem } from '@/api/client'
import type { Action, Aspect, GoalTable, Problem, Report, Submission } from '@/api/types'
import { insertIndicator, insertTask, removeIndicator, removeTask, setCell, type CellId } from '@/forms/cells'
import { layOver } from '@/forms/compare'
import { sameTables, type Draft } from '@/forms/draft'
import { layMarks } from '@/forms/marks'
import { pasteBlock, type Pasted } from '@/forms/paste'
import { begin, commit, redo, undo, type Trail } from '@/forms/undo'
import { at_machine } from '@/state/me'

const pause_before_audit = 500

export interface Conflict {
  problem: Problem
  theirs: Submission
}
/** Where a step of work happened: table index and cell, as undo remembers it. */
export const focusKey = (table: number, cell: CellId): string => `${table}/${cell}`
export function focusOf(key: string): { table: number; cell: CellId } {
  const slash = key.indexOf('/')
  return { table: Number(key.slice(0, slash)), cell: key.slice(slash + 1) }
}

export function useEditor(id: string) {
  const loaded = shallowRef<Submission | null>(null)
  const trail = shallowRef<Trail<GoalTable[]>>(begin<GoalTable[]>([]))
  /** The tables as the server has them, in the very objects that the trail began with: unchanged means the same object. */
  const saved = shallowRef<GoalTable[]>([])
  const report = shallowRef<{ report: Report; audited: GoalTable[] } | null>(null)
  const auditing = ref<'stored' | 'current' | 'waiting' | 'running' | 'failed'>('stored')
  const audit_trouble = ref('')
  const saving = ref(false)
  const conflict = shallowRef<Conflict | null>(null)
  /** The auditor writes what the unit will be asked to agree to; nothing of it is saved as the unit's. */
  const proposing = ref(false)

  const tables = computed(() => trail.value.present.value)
  const dirty = computed(() => tables.value !== saved.value)
  /** At the machine itself what is filed may still be mended; else only who may submit it may change it. What is approved stands. */
  const editable = computed(() => {
    if (loaded.value === null) return false
    if (proposing.value) return true
    return at_machine.value ? loaded.value.submission.state !== 'approved' : loaded.value.actions.includes('submit')
  })
  const marks = computed(() => (report.value ? layMarks(report.value.report, report.value.audited, tables.value) : { findings: [], cells: new Map() }))

  function take(submission: Submission): void {
    loaded.value = submission
    saved.value = submission.tables
    trail.value = begin(submission.tables)
    report.value = { report: submission.audit, audited: submission.tables }
    auditing.value = 'stored'
    proposing.value = false
  }

  async function load(): Promise<void> {
    take(await api.submission(id))
    conflict.value = null
  }

  // ── editing ──
  function apply(next: GoalTable[], label: string, focus: string | null): void {
    if (editable.value) trail.value = commit(trail.value, next, label, focus)
  }
  function change(table: number, next: (one: GoalTable) => GoalTable, label: string, cell: CellId): void {
    apply(
      tables.value.map((one, i) => (i === table ? next(one) : one)),
      label,
      focusKey(table, cell),
    )
  }
  const setText = (table: number, cell: CellId, text: string, rows: number, label: string): void => change(table, (one) => setCell(one, cell, text, rows), label, cell)
  const clear = (table: number, cells: CellId[], label: string): void => change(table, (one) => cells.reduce((sofar, cell) => setCell(sofar, cell, ''), one), label, cells[0] ?? '')
  const addRow = (table: number, before: number, label: string): void => change(table, (one) => insertIndicator(one, before), label, `indicators.${before}.level3`)
  const removeRow = (table: number, row: number, label: string): void => change(table, (one) => removeIndicator(one, row), label, `indicators.${row}.level3`)
  const addTask = (table: number, before: number, label: string): void => change(table, (one) => insertTask(one, before), label, `tasks.${before}.name`)
  const dropTask = (table: number, row: number, label: string): void => change(table, (one) => removeTask(one, row), label, `tasks.${row}.name`)
  function paste(table: number, cell: CellId, block: string[][], label: string): Pasted | null {
    const one = tables.value[table]
    if (!one) return null
    const pasted = pasteBlock(one, cell, block)
    change(table, () => pasted.table, label, cell)
    return pasted
  }
  function goBack(): string | null {
    const step = undo(trail.value)
    trail.value = step.trail
    return step.focus
  }
  function goForth(): string | null {
    const step = redo(trail.value)
    trail.value = step.trail
    return step.focus
  }

  // ── 自查: the findings follow the edits ──
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  async function audit(): Promise<Report | null> {
    clearTimeout(timer)
    running?.abort()
    running = new AbortController()
    const audited = tables.value
    auditing.value = 'running'
    try {
      const found = await api.audit(audited, loaded.value?.rules.pack ?? '', running.signal)
      report.value = { report: withRepairs(found), audited }
      auditing.value = 'current'
      return found
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) return null
      auditing.value = 'failed'
      audit_trouble.value = failure.message
      return null
    }
  }
  /** What the reader repaired is known to the stored tables alone; it stays in sight while they are edited. */
  function withRepairs(found: Report): Report {
    const repairs = (loaded.value?.audit.findings ?? []).filter((finding) => finding.rule === 'layout-repaired')
    if (repairs.length === 0 || found.findings.some((finding) => finding.rule === 'layout-repaired')) return found
    const whole_table = repairs.map((finding) => ({ ...finding, at: finding.at.map((place) => ({ ...place, indicator: null })) }))
    return { ...found, findings: [...found.findings, ...whole_table], summary: { ...found.summary, hint: found.summary.hint + repairs.length } }
  }

  watch(tables, (now) => {
    clearTimeout(timer)
    running?.abort()
    if (now === saved.value) {
      if (loaded.value) report.value = { report: loaded.value.audit, audited: saved.value }
      auditing.value = 'stored'
      return
    }
    auditing.value = 'waiting'
    timer = setTimeout(() => void audit(), pause_before_audit)
  })

  // ── saving ──
  /** What the server sends back is what we sent; where it is, the way back through the edits stays open. */
  function settle(submission: Submission): void {
    if (!sameTables(tables.value, submission.tables)) return take(submission)
    loaded.value = submission
    saved.value = tables.value
    report.value = { report: submission.audit, audited: tables.value }
    auditing.value = 'stored'
  }

  async function save(why: string | null = null): Promise<boolean> {
    const current = loaded.value
    if (!current) return false
    saving.value = true
    try {
      settle(await api.saveTables(id, current.submission.revision, tables.value, why))
      return true
    } catch (failure) {
      if (failure instanceof ApiProblem && failure.problem.status === 412) {
        const theirs = await api.submission(id)
        if (sameTables(tables.value, theirs.tables)) {
          // It had been stored, and only the answer was lost on the way.
          settle(theirs)
          return true
        }
        conflict.value = { problem: failure.problem, theirs }
        return false
      }
      throw failure
    } finally {
      saving.value = false
    }
  }

  async function act(action: Action, opinion: string | null): Promise<'done' | 'deleted' | 'conflict' | 'reloaded'> {
    const current = loaded.value
    if (!current) return 'conflict'
    try {
      const submission = await api.act(id, current.submission.revision, action, opinion)
      if (!submission) {
        saved.value = tables.value
        return 'deleted'
      }
      take(submission)
      return 'done'
    } catch (failure) {
      if (failure instanceof ApiProblem && failure.problem.status === 412) {
        const theirs = await api.submission(id)
        if (!dirty.value) {
          // Nothing of mine is at stake: what the other one made of it is shown, and the decision is asked for again.
          take(theirs)
          return 'reloaded'
        }
        conflict.value = { problem: failure.problem, theirs }
        return 'conflict'
      }
      throw failure
    }
  }

  /** Says whose it is. Nothing may be unsaved. */
  async function assign(unit: string, remember: boolean): Promise<void> {
    if (loaded.value) take(await api.assignUnit(id, loaded.value.submission.revision, unit, remember))
  }

  // ── the bureau's judgement ──
  async function judge(table: number, aspect: Aspect, points: string | null, reason: string | null): Promise<void> {
    if (loaded.value) take(await api.judge(id, loaded.value.submission.revision, table, aspect, points, reason))
  }
  async function waive(finding: string, reason: string | null): Promise<void> {
    if (loaded.value) take(await api.waive(id, loaded.value.submission.revision, finding, reason))
  }
  async function propose(why: string | null): Promise<void> {
    if (loaded.value) take(await api.propose(id, loaded.value.submission.revision, tables.value, why))
  }
  async function recall(): Promise<void> {
    if (loaded.value) take(await api.recall(id, loaded.value.submission.revision))
  }
  /** Puts away what was written for a proposal. */
  function dropProposal(): void {
    if (loaded.value) take(loaded.value)
  }

  // ── two editors ──
  const merge = computed(() => (conflict.value ? layOver(saved.value, tables.value, conflict.value.theirs.tables) : null))

  /** Stands on their revision from now on; `mine` is what the page keeps showing. */
  function standOn(theirs: Submission, mine: GoalTable[], label: string): void {
    loaded.value = theirs
    saved.value = theirs.tables
    trail.value = commit(begin(theirs.tables), mine, label, null)
    conflict.value = null
  }
  function keepBoth(label: string): void {
    if (conflict.value && merge.value) standOn(conflict.value.theirs, merge.value.tables, label)
  }
  function keepMine(label: string): void {
    if (conflict.value) standOn(conflict.value.theirs, tables.value, label)
  }
  function keepTheirs(): void {
    if (conflict.value) take(conflict.value.theirs)
    conflict.value = null
  }

  /** What lay on the browser's shelf. Made from an older revision it stands on that one again, so that both sides are there to choose from. */
  function restore(draft: Draft, label: string): void {
    const theirs = loaded.value
    if (!theirs) return
    if (draft.revision === theirs.submission.revision) return apply(draft.tables, label, null)
    loaded.value = { ...theirs, submission: { ...theirs.submission, revision: draft.revision } }
    saved.value = draft.base
    trail.value = commit(begin(draft.base), draft.tables, label, null)
    conflict.value = { problem: { status: 412, code: 'stale-revision', detail: '' }, theirs }
  }

  function stop(): void {
    clearTimeout(timer)
    running?.abort()
  }

  return {
    loaded,
    trail,
    tables,
    saved,
    report,
    auditing,
    audit_trouble,
    saving,
    conflict,
    merge,
    dirty,
    editable,
    marks,
    load,
    apply,
    setText,
    clear,
    addRow,
    removeRow,
    addTask,
    dropTask,
    paste,
    goBack,
    goForth,
    audit,
    save,
    act,
    assign,
    proposing,
    judge,
    waive,
    propose,
    recall,
    dropProposal,
    keepBoth,
    keepMine,
    keepTheirs,
    restore,
    stop,
  }
}

export type Editor = ReturnType<typeof useEditor>
