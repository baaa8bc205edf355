// The comparisons of one submission, asked for anew whenever another revision is stored.
import { computed, ref, shallowRef, watch, type ShallowRef } from 'vue'
import { api, said } from '@/api/client'
import type { Comparisons, GoalTable, Submission } from '@/api/types'
import { comparedCells, layComparisons } from './comparing'

export function useComparisons(id: string, loaded: ShallowRef<Submission | null>, saved: ShallowRef<GoalTable[]>, tables: () => GoalTable[]) {
  const found = shallowRef<{ comparisons: Comparisons; of: GoalTable[] } | null>(null)
  const trouble = ref('')
  watch(
    () => loaded.value?.submission.revision,
    async (revision) => {
      if (revision === undefined) return
      const of = saved.value
      try {
        const comparisons = await api.comparisons(id)
        // Somebody was faster: their tables are not on this page.
        if (comparisons.revision === revision && loaded.value?.submission.revision === revision) found.value = { comparisons, of }
        trouble.value = ''
      } catch (failure) {
        trouble.value = said(failure)
      }
    },
  )
  const all = computed(() => layComparisons(found.value?.comparisons ?? null, found.value?.of ?? [], tables()))
  const cells = computed(() => comparedCells(all.value))
  return { all, cells, trouble, rule: computed(() => found.value?.comparisons.rule ?? null) }
}
