// What is written on the page goes on the browser's shelf shortly after; what lay there from before is offered, never forced.
import { computed, ref, shallowRef, watch } from 'vue'
import { withOpenCell, sortDrafts, type Draft, type OpenCell } from '@/forms/draft'
import { in_hand, shelf as browser_shelf, type Shelf } from '@/state/drafts'
import type { Editor } from './editor'

const pause_before_keeping = 400
const newWindow = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`

type Hands = Pick<Editor, 'loaded' | 'tables' | 'saved' | 'restore'>

export function useDraft(id: string, person: string, editor: Hands, shelf: Shelf = browser_shelf) {
  const offers = shallowRef<Draft[]>([])
  const offer = computed(() => offers.value[0] ?? null)
  /** Whether the shelf takes anything: some browsers keep nothing in private windows. */
  const kept = ref(true)
  let window_key = newWindow()
  let lies_there = false
  let open_cell: OpenCell | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    const stored = editor.loaded.value
    if (!stored) return
    try {
      const { offered, idle } = sortDrafts(await shelf.of(person, id), stored.tables)
      offers.value = offered
      await shelf.drop(idle)
    } catch {
      kept.value = false
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    const revision = editor.loaded.value?.submission.revision
    if (revision === undefined) return
    const base = editor.saved.value
    const tables = withOpenCell(editor.tables.value, open_cell)
    try {
      if (tables !== base) {
        lies_there = true
        await shelf.put({ person, submission: id, window: window_key, revision, base, tables, at: new Date().toISOString() })
        kept.value = true
      } else if (lies_there) {
        lies_there = false
        await shelf.drop([{ person, submission: id, window: window_key }])
      }
    } catch {
      kept.value = false
    }
  }
  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), pause_before_keeping)
  }
  watch([editor.tables, editor.saved], ([tables, saved]) => {
    open_cell = null
    if (tables === saved) void flush()
    else soon()
  })

  /** A cell still being written counts as well: the machine may die before it is left. */
  function writing(open: OpenCell | null): void {
    if (open === null && open_cell === null) return
    open_cell = open
    soon()
  }
  function typed(event: Event): void {
    const field = event.target
    if (!(field instanceof HTMLTextAreaElement)) return
    const cell = field.closest<HTMLElement>('[data-cell]')
    const table = /^table-(\d+)$/.exec(field.closest('[id^=table-]')?.id ?? '')?.[1]
    if (!cell?.dataset['cell'] || table === undefined) return
    // Esc takes back what was written: the field shows the cell's own text again.
    if (event.type === 'keyup' && field.classList.contains('ready')) writing(null)
    else if (event.type === 'input') writing({ table: Number(table), cell: cell.dataset['cell'], text: field.value, rows: cell instanceof HTMLTableCellElement ? cell.rowSpan : 1 })
  }

  /** Undoing leads back to before it. Where the record went on meanwhile, the page then shows both sides. */
  async function restore(label: string): Promise<void> {
    const [draft, ...others] = offers.value
    const stored = editor.loaded.value
    if (!draft || !stored) return
    await flush()
    const mine = lies_there && draft.revision !== stored.submission.revision ? (await shelf.of(person, id).catch(() => [])).filter((one) => one.window === window_key) : []
    // What has been written since lies on the shelf by itself and is offered next.
    if (mine.length > 0) window_key = newWindow()
    editor.restore(draft, label)
    offers.value = [...mine, ...others]
    lies_there = true
    await flush()
    await shelf.drop([draft]).catch(() => undefined)
  }
  async function discard(): Promise<void> {
    const [draft, ...others] = offers.value
    offers.value = others
    if (draft) await shelf.drop([draft]).catch(() => undefined)
  }

  const hidden = (): void => void flush()
  function start(): void {
    in_hand.add(flush)
    window.addEventListener('pagehide', hidden)
    document.addEventListener('visibilitychange', hidden)
    document.addEventListener('input', typed)
    document.addEventListener('keyup', typed)
  }
  function stop(): void {
    void flush()
    in_hand.delete(flush)
    window.removeEventListener('pagehide', hidden)
    document.removeEventListener('visibilitychange', hidden)
    document.removeEventListener('input', typed)
    document.removeEventListener('keyup', typed)
  }

  return { offer, kept, look, flush, writing, restore, discard, start, stop }
}
