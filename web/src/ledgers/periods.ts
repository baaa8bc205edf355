// The periods that figures are asked for. Both days belong to them.
export interface Period {
  from: string
  to: string
}
export type PeriodName = 'this_year' | 'last_year' | 'q1' | 'q2' | 'q3' | 'q4' | 'half1' | 'half2'
export const period_names: PeriodName[] = ['this_year', 'q1', 'q2', 'q3', 'q4', 'half1', 'half2', 'last_year']

const parts: Record<Exclude<PeriodName, 'last_year'>, [string, string]> = {
  this_year: ['01-01', '12-31'],
  q1: ['01-01', '03-31'],
  q2: ['04-01', '06-30'],
  q3: ['07-01', '09-30'],
  q4: ['10-01', '12-31'],
  half1: ['01-01', '06-30'],
  half2: ['07-01', '12-31'],
}
export function periodOf(name: PeriodName, today: string): Period {
  const year = Number(today.slice(0, 4)) - (name === 'last_year' ? 1 : 0)
  const [from, to] = parts[name === 'last_year' ? 'this_year' : name]
  return { from: `${year}-${from}`, to: `${year}-${to}` }
}
/** Which of the names stands for these days; none for one's own. */
export const nameOf = (period: Period, today: string): PeriodName | '' =>
  period_names.find((name) => {
    const one = periodOf(name, today)
    return one.from === period.from && one.to === period.to
  }) ?? ''

const day = /^\d{4}-\d{2}-\d{2}$/
export const isPeriod = ({ from, to }: Period): boolean => day.test(from) && day.test(to) && from <= to

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
export function monthOf(month: string): Period {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, to: `${month}-${String(lastDay(year, number)).padStart(2, '0')}` }
}
/** The twelve months up to the day's own, oldest first: "2026-03". */
export function monthsUpTo(today: string, n = 12): string[] {
  const first = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - n
  return Array.from({ length: n }, (_, i) => `${Math.floor((first + i) / 12)}-${String(((first + i) % 12) + 1).padStart(2, '0')}`)
}
