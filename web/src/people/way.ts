// Where somebody is led instead of the page he asked for, and where he goes on from the login.
import type { Me, Permission } from '@/api/types'

export interface Page {
  path: string
  fullPath: string
  /** Shown to whoever comes: first start, one-time links, the login itself. */
  open?: boolean
  /** A page about oneself. */
  own?: boolean
  needs?: Permission
}
export type Way = true | { path: string; query?: Record<string, string> }

/** An address of ours and nobody else's. */
export function backTo(address: unknown): string {
  return typeof address === 'string' && /^\/(?![/\\])/.test(address) && !/^\/(login|setup|welcome)\b/.test(address) ? address : '/'
}

/** The first page that there is something on for him. */
export function home(me: Me): string {
  const may = (permission: Permission): boolean => me.permissions.includes(permission)
  if (may('see_submissions')) return '/'
  if (may('see_ledgers')) return '/ledgers'
  if (may('see_accounts')) return '/people'
  if (may('see_units')) return '/units'
  return '/account'
}

export function wayTo(page: Page, me: Me | null): Way {
  if (page.open || me === null || me.mode === 'machine') return true
  if (!me.known) return page.fullPath === '/' ? { path: '/login' } : { path: '/login', query: { back: page.fullPath } }
  if (page.own) return true
  if (me.wants_second_factor) return { path: '/account' }
  if (page.needs && !me.permissions.includes(page.needs)) {
    const there = home(me)
    return page.path === '/' ? { path: there } : { path: '/forbidden' }
  }
  return true
}
