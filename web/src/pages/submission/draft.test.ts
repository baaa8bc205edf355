import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, shallowRef, type Ref } from 'vue'
import type { GoalTable, Submission } from '@/api/types'
import { sortDrafts, withOpenCell, type Draft } from '@/forms/draft'
import type { Shelf } from '@/state/drafts'
import { useDraft } from './draft'

/** A shelf in memory, which people share as they share a computer. */
function sharedShelf(): Shelf & { all: Draft[] } {
  const all: Draft[] = []
  const same = (a: Pick<Draft, 'person' | 'submission' | 'window'>, b: Draft): boolean => a.person === b.person && a.submission === b.submission && a.window === b.window
  return {
    all,
    put: async (draft) => {
      const at = all.findIndex((one) => same(draft, one))
      if (at < 0) all.push(draft)
      else all[at] = draft
    },
    of: async (person, submission) => all.filter((one) => one.person === person && (submission === undefined || one.submission === submission)),
    drop: async (drafts) => {
      for (const draft of drafts) {
        const at = all.findIndex((one) => same(draft, one))
        if (at >= 0) all.splice(at, 1)
      }
    },
  }
}
const table = (goal: string): GoalTable => ({ kind: 'project', project_name: '校舍维修', annual_goal: goal, tasks: [], budget: null, indicators: [] }) as unknown as GoalTable
const at = (revision: number): Submission => ({ submission: { revision }, tables: [table('第一版')] }) as unknown as Submission

/** The page's editor, as far as drafts know it. */
function page(shelf: Shelf, person: string, revision = 1, stored = [table('第一版')]) {
  const loaded = shallowRef<Submission | null>({ ...at(revision), tables: stored })
  const saved: Ref<GoalTable[]> = shallowRef(stored)
  const tables: Ref<GoalTable[]> = shallowRef(stored)
  const restored: Draft[] = []
  const restore = (draft: Draft): void => {
    restored.push(draft)
    tables.value = draft.tables
    if (draft.revision !== revision) saved.value = draft.base
  }
  const draft = useDraft('s-1', person, { loaded, saved, tables: tables as never, restore }, shelf)
  const write = async (goal: string): Promise<void> => {
    tables.value = [table(goal)]
    await nextTick()
  }
  return { draft, write, tables, saved, restored }
}
const pause = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(500)
}

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-26T06:00:00Z') }))
afterEach(() => void vi.useRealTimers())

it('keeps what is written, a moment after it is written, and offers it to the same person alone', async () => {
  const shelf = sharedShelf()
  await page(shelf, '张').write('写到一半')
  expect(shelf.all).toEqual([])
  await pause()
  const again = page(shelf, '张')
  await again.draft.look()
  expect(again.draft.offer.value?.tables[0]?.annual_goal).toBe('写到一半')
  expect(again.draft.offer.value?.at).toMatch(/^2026-11-26T06:00:00/)
  const other = page(shelf, '李')
  await other.draft.look()
  expect(other.draft.offer.value).toBeNull()
})

it('keeps the cell that is being written though it was never left', async () => {
  const shelf = sharedShelf()
  const { draft } = page(shelf, '张')
  draft.writing({ table: 0, cell: 'annual_goal', text: '没写完的', rows: 1 })
  await pause()
  expect(shelf.all[0]?.tables[0]?.annual_goal).toBe('没写完的')
  draft.writing(null)
  await pause()
  expect(shelf.all).toEqual([])
})

it('lets go of it once it is stored or taken back', async () => {
  const shelf = sharedShelf()
  const one = page(shelf, '张')
  await one.write('写到一半')
  await pause()
  one.saved.value = one.tables.value
  await nextTick()
  await pause()
  expect(shelf.all).toEqual([])
})

it('restores it into the window that asked, and keeps it until it is stored', async () => {
  const shelf = sharedShelf()
  await page(shelf, '张').write('写到一半')
  await pause()
  const again = page(shelf, '张')
  await again.draft.look()
  await again.draft.restore('恢复')
  expect(again.tables.value[0]?.annual_goal).toBe('写到一半')
  expect(again.draft.offer.value).toBeNull()
  expect(shelf.all).toHaveLength(1)
})

it('loses nothing where the record went on and the page has been written in before the answer', async () => {
  const shelf = sharedShelf()
  await page(shelf, '张').write('昨天写的')
  await pause()
  const again = page(shelf, '张', 2, [table('第二版')])
  await again.draft.look()
  await again.write('今天写的')
  await again.draft.restore('恢复')
  expect(again.restored[0]?.base[0]?.annual_goal).toBe('第一版')
  expect(again.draft.offer.value?.tables[0]?.annual_goal).toBe('今天写的')
  expect(shelf.all.map((one) => one.tables[0]?.annual_goal).sort()).toEqual(['今天写的', '昨天写的'])
})

it('throws away only what one says', async () => {
  const shelf = sharedShelf()
  await page(shelf, '张').write('窗口甲')
  await pause()
  vi.setSystemTime(new Date('2026-11-26T07:00:00Z'))
  await page(shelf, '张').write('窗口乙')
  await pause()
  const again = page(shelf, '张')
  await again.draft.look()
  expect(again.draft.offer.value?.tables[0]?.annual_goal).toBe('窗口乙')
  await again.draft.discard()
  expect(again.draft.offer.value?.tables[0]?.annual_goal).toBe('窗口甲')
  expect(shelf.all).toHaveLength(1)
})

it('says so where the browser keeps nothing', async () => {
  const broken: Shelf = { put: () => Promise.reject(new Error()), of: () => Promise.reject(new Error()), drop: () => Promise.reject(new Error()) }
  const one = page(broken, '张')
  await one.draft.look()
  expect(one.draft.kept.value).toBe(false)
  await one.write('写到一半')
  await pause()
  expect(one.draft.kept.value).toBe(false)
})

it('does not offer what the program has by now', () => {
  const draft = { base: [table('第一版')], tables: [table('第二版')], at: '' } as unknown as Draft
  expect(sortDrafts([draft], [table('第二版')])).toEqual({ offered: [], idle: [draft] })
  expect(sortDrafts([draft], [table('第三版')])).toEqual({ offered: [draft], idle: [] })
  const tables = [table('第一版')]
  expect(withOpenCell(tables, null)).toBe(tables)
})
