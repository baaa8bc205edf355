// Finding one of many by what is typed: a piece of its name, code or another name, whatever the width and case of letters.
export interface Choice {
  id: string
  label: string
  /** Said beside the label: a code, a post. */
  note?: string
  /** Other names that find it. */
  also?: string[]
}

export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

export function matching<T extends Choice>(choices: T[], typed: string, most = 60): T[] {
  const wanted = folded(typed)
  if (wanted === '') return choices.slice(0, most)
  const rank = ({ label, note, also }: T): number => {
    const names = [label, note ?? '', ...(also ?? [])].map(folded)
    if (names.some((name) => name === wanted)) return 0
    if (names.some((name) => name.startsWith(wanted))) return 1
    return names.some((name) => name.includes(wanted)) ? 2 : 3
  }
  return choices
    .map((choice, i) => ({ choice, i, rank: rank(choice) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .slice(0, most)
    .map((one) => one.choice)
}
