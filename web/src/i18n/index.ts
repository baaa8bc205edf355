// Chinese first; English is fetched when somebody switches to it.
import { createI18n } from 'vue-i18n'
import zh from './zh-CN'

export type Language = 'zh-CN' | 'en'
const remembered_as = 'jiheng.language'

export const i18n = createI18n<false>({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages: { 'zh-CN': zh } })
export const t = i18n.global.t

export function language(): Language {
  return i18n.global.locale.value === 'en' ? 'en' : 'zh-CN'
}

export async function setLanguage(to: Language): Promise<void> {
  if (to === 'en' && !i18n.global.availableLocales.includes('en')) i18n.global.setLocaleMessage('en', (await import('./en')).default)
  i18n.global.locale.value = to
  document.documentElement.lang = to
  try {
    localStorage.setItem(remembered_as, to)
  } catch {
    // A browser that stores nothing asks again next time.
  }
}

export async function restoreLanguage(): Promise<void> {
  try {
    if (localStorage.getItem(remembered_as) === 'en') await setLanguage('en')
  } catch {
    // As above.
  }
}

const moment = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false })
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false })
const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })

/** UTC as stored → Beijing time as people read it: 2026-11-24 11:48; “今天” and the clock for today. */
export function time(at: string, now: Date = new Date()): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  return day.format(date) === day.format(now) ? t('list.today', { clock: clock.format(date) }) : fullTime(at)
}

export function fullTime(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? at : moment.format(date).replaceAll('/', '-')
}

/** Who did it, as the journal names him; whoever is at this machine before there are logins has no name. */
export const person = (account: string): string => (account === 'local' ? t('journal.local') : account === 'setup' ? t('journal.setup') : account)
