// What was done, step by step, to go back and forth. Values are shared, never copied: a step costs only what it changed.

export interface Step<T> {
  value: T
  /** What was done to get here; shown on the undo button. */
  label: string
  /** Where the work was, so that undo leads the eye back there. */
  focus: string | null
}

export interface Trail<T> {
  past: readonly Step<T>[]
  present: Step<T>
  future: readonly Step<T>[]
}

const longest = 500

export function begin<T>(value: T): Trail<T> {
  return { past: [], present: { value, label: '', focus: null }, future: [] }
}

export function commit<T>(trail: Trail<T>, value: T, label: string, focus: string | null): Trail<T> {
  if (value === trail.present.value) return trail
  return { past: [...trail.past, trail.present].slice(-longest), present: { value, label, focus }, future: [] }
}

/** The focus of the step that is undone comes back with it. */
export function undo<T>(trail: Trail<T>): { trail: Trail<T>; focus: string | null } {
  const before = trail.past.at(-1)
  if (!before) return { trail, focus: null }
  return { trail: { past: trail.past.slice(0, -1), present: before, future: [trail.present, ...trail.future] }, focus: trail.present.focus }
}

export function redo<T>(trail: Trail<T>): { trail: Trail<T>; focus: string | null } {
  const after = trail.future[0]
  if (!after) return { trail, focus: null }
  return { trail: { past: [...trail.past, trail.present], present: after, future: trail.future.slice(1) }, focus: after.focus }
}
