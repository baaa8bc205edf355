// What a person types into a target cell, read as the contract reads a document: ≥95% → comparator, value, unit.
import type { Comparator } from '@/api/types'

export interface Target {
  comparator: Comparator | null
  value: string | null
  unit: string | null
  upper: string | null
}

const full_width = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a％＞＜＝＋－．／]/g

/** Full-width letters, digits and signs become half-width, white space at the ends goes; an empty cell is null. */
export function plainText(typed: string): string | null {
  const text = typed
    .replace(full_width, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .trim()
  return text === '' ? null : text
}

const words: [Comparator, string[]][] = [
  ['>=', ['>=', '=>', '≥', '≧', '不低于', '不少于', '不小于', '至少', '大于等于', '大于或等于']],
  ['<=', ['<=', '=<', '≤', '≦', '不超过', '不高于', '不多于', '不大于', '小于等于', '小于或等于']],
  ['qualitative', ['定性', '无', 'qualitative']],
  ['>', ['>', '大于', '超过', '高于', '多于']],
  ['<', ['<', '小于', '低于', '少于']],
  ['=', ['=', '等于', '＝']],
]
const endings: [Comparator, RegExp][] = [
  ['>=', /(\(含\)|（含）)?(及以上|以上)$/],
  ['<=', /(\(含\)|（含）)?(及以下|以下|以内|之内)$/],
]
const number = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|^-?\d+(?:\.\d+)?/
const plain_unit = /^(%|‰|[\p{L}㎡℃°/·²³]{1,8}(?:\/[\p{L}]{1,4})?)$/u

function comparatorAtStart(text: string): { comparator: Comparator | null; rest: string } {
  for (const [comparator, forms] of words) {
    for (const form of forms) if (text.startsWith(form)) return { comparator, rest: text.slice(form.length).trim() }
  }
  return { comparator: null, rest: text }
}

const digits = (text: string): string => text.replaceAll(',', '')

/** A sentence, or anything that is not one plain number with its sign and unit, stays text with the comparator it came with. */
export function parseTarget(typed: string): Target {
  const text = plainText(typed)
  if (text === null) return { comparator: null, value: null, unit: null, upper: null }
  const { comparator, rest } = comparatorAtStart(text)
  if (rest === '') return { comparator, value: null, unit: null, upper: null }
  const asText: Target = { comparator: null, value: text, unit: null, upper: null }

  const range = /^(-?\d+(?:\.\d+)?)\s*(%?)\s*(?:-|—|~|～|至)\s*(\d+(?:\.\d+)?)\s*(%?)$/.exec(rest)
  if (range && !comparator) return { comparator: null, value: range[1] ?? null, unit: range[2] || range[4] ? '%' : null, upper: range[3] ?? null }

  const digits_match = number.exec(rest)
  if (!digits_match || comparator === 'qualitative') return asText
  let unit = rest.slice(digits_match[0].length).trim()
  let found: Comparator | null = comparator
  if (!found) {
    for (const [ending_comparator, ending] of endings) {
      if (ending.test(unit)) {
        found = ending_comparator
        unit = unit.replace(ending, '').trim()
        break
      }
    }
  }
  if (unit !== '' && !plain_unit.test(unit)) return asText
  // 2026年 alone is a date, not two thousand and twenty-six years.
  if (!found && unit === '年' && /^\d{4}$/.test(digits_match[0])) return asText
  return { comparator: found, value: digits(digits_match[0]), unit: unit === '' ? null : unit === '百分比' ? '%' : unit, upper: null }
}

export function parseComparator(typed: string): Comparator | null {
  const text = plainText(typed)
  if (text === null) return null
  const { comparator, rest } = comparatorAtStart(text)
  return rest === '' ? comparator : null
}

/** 1813.77 → 1,813.77, for reading only; exact, by text alone. */
export function grouped(amount: string | null): string {
  if (amount === null || !/^-?\d+(\.\d+)?$/.test(amount)) return amount ?? ''
  const [whole = '', fraction] = amount.split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? spaced : `${spaced}.${fraction}`
}

const signs: Record<Comparator, string> = { '>=': '≥', '<=': '≤', '>': '＞', '<': '＜', '=': '=', qualitative: '' }
/** A target as people read it, with its unit: "≥95%", "95—98%", or its words. */
export function targetText(row: { comparator?: Comparator | null; value?: string | null; upper?: string | null; unit?: string | null }): string {
  if (row.value === null || row.value === undefined) return '—'
  if (row.comparator === 'qualitative') return row.value
  const sign = row.comparator ? signs[row.comparator] : ''
  return `${sign}${row.value}${row.upper ? `—${row.upper}` : ''}${row.unit ?? ''}`
}
