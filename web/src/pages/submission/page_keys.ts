/** The keys of a submission's page: Ctrl+S, F8 and Shift+F8, Ctrl+Z, Ctrl+Y. */
export interface PageKeys {
  save: () => void
  next: (step: 1 | -1) => void
  undo: () => void
  redo: () => void
}

/** Inside a field that holds text of its own, undo is the field's. */
function typing(event: KeyboardEvent): boolean {
  const field = event.target as HTMLElement
  if (field.matches('textarea.ready')) return false
  return field.matches('textarea, input:not([type=checkbox])')
}

function meant(event: KeyboardEvent, does: PageKeys): (() => void) | null {
  const ctrl = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (ctrl && key === 's') return does.save
  if (event.key === 'F8') return () => does.next(event.shiftKey ? -1 : 1)
  if (!ctrl || typing(event)) return null
  if (key === 'y' || (key === 'z' && event.shiftKey)) return does.redo
  return key === 'z' ? does.undo : null
}

export const pageKeys =
  (does: PageKeys) =>
  (event: KeyboardEvent): void => {
    const act = meant(event, does)
    if (!act) return
    event.preventDefault()
    act()
  }
