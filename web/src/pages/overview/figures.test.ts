import { expect, it } from 'vitest'
import type { Overview, SectionFigures } from '@/api/types'
import { filed, seriesOf, share, worstRules } from './figures'

const section: SectionFigures = { section: null, name: '', units: 7, counts: { not_filed: 1, draft: 1, waiting: 2, returned: 1, refiled: 1, approved: 1 }, overdue: 0, late: 0, returned: 1, tables: 9, errors: 3, amount: '12.5' }

it('what came is filed, whatever became of it', () => {
  expect(filed(section)).toBe(5)
  expect(share(5, 7)).toBe('71%')
  expect(share(0, 0)).toBe('—')
})
it('each state is a layer over the sections', () => {
  const layers = seriesOf([section, section], (state) => state)
  expect(layers.map((one) => one.name)).toEqual(['not_filed', 'draft', 'waiting', 'returned', 'refiled', 'approved'])
  expect(layers[2]?.values).toEqual([2, 2])
})
it('the rules that most units break stand in front', () => {
  const rules = [
    { rule: 'a', severity: 'error', units: 1, findings: 9 },
    { rule: 'b', severity: 'hint', units: 4, findings: 4 },
    { rule: 'c', severity: 'warning', units: 4, findings: 5 },
  ] as Overview['rules']
  expect(worstRules({ rules } as Overview, 2).map((one) => one.rule)).toEqual(['c', 'b'])
})
