// What the library offers while a name is typed: asked for once the typing pauses, the last question's answer only.
import { ref, shallowRef } from 'vue'
import type { LibraryEntry } from '@/api/types'

const pause_ms = 140

export type Suggest = (typed: string, signal: AbortSignal) => Promise<LibraryEntry[]>

export function useSuggesting(suggest: () => Suggest | null) {
  const entries = shallowRef<LibraryEntry[]>([])
  /** Put aside until the next letter. */
  const closed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  function stop(): void {
    clearTimeout(timer)
    running?.abort()
    entries.value = []
  }
  function typed(text: string): void {
    const ask = suggest()
    closed.value = false
    clearTimeout(timer)
    running?.abort()
    if (!ask) return
    if (text.trim() === '') {
      entries.value = []
      return
    }
    timer = setTimeout(() => {
      const mine = new AbortController()
      running = mine
      ask(text.trim(), mine.signal)
        .then((found) => {
          if (running === mine && !mine.signal.aborted) entries.value = found
        })
        .catch(() => {
          // A suggestion that does not come is none.
        })
    }, pause_ms)
  }
  function close(): void {
    closed.value = true
    entries.value = []
  }
  return { entries, closed, typed, close, stop }
}
