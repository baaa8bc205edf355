import { expect, it } from 'vitest'
import { matching } from './search'

const units = [
  { id: '1', label: '株洲市渌口区教育局', note: '101', also: ['区教育局'] },
  { id: '2', label: '教育考试院', note: '10101' },
  { id: '3', label: '民政局', note: '102' },
]
const found = (typed: string): string[] => matching(units, typed).map((one) => one.id)

it('finds by name, code and other names, the closest first', () => {
  expect(found('教育')).toEqual(['2', '1'])
  expect(found('101')).toEqual(['1', '2'])
  expect(found('区教育局')).toEqual(['1'])
  expect(found('１０２')).toEqual(['3'])
  expect(found('卫健')).toEqual([])
  expect(found('')).toEqual(['1', '2', '3'])
})
