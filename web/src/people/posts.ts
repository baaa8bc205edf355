// Posts and their roles, as src/access/role.h has them.
import type { Account, Permission, Post, Role, Step } from '@/api/types'

export const business_roles = ['unit_clerk', 'unit_head', 'department_officer', 'section_officer', 'performance_officer', 'performance_head', 'bureau_leader', 'desk_staff'] as const satisfies Role[]
export const administrator_roles = ['system_admin', 'security_admin', 'audit_admin'] as const satisfies Role[]

export const isAdministrator = (role: Role): boolean => (administrator_roles as readonly Role[]).includes(role)
/** What a post of the role is held for: a unit, a section, or the bureau as a whole. */
export function placeOf(role: Role): 'unit' | 'section' | 'bureau' {
  if (role === 'unit_clerk' || role === 'unit_head' || role === 'department_officer') return 'unit'
  return role === 'section_officer' ? 'section' : 'bureau'
}
export const holdsAdministration = (account: Account): boolean => account.posts.some((post) => isAdministrator(post.role))

export type Term = 'now' | 'later' | 'over'
export function termOf(post: Post, day: string): Term {
  if (post.to !== null && post.to < day) return 'over'
  return post.from !== null && post.from > day ? 'later' : 'now'
}

const step_permission: Record<Step, Permission> = { unit: 'confirm_filing', department: 'audit_department', section: 'audit_section', performance: 'audit_performance', leader: 'approve_filing' }
export const permissionOf = (step: Step): Permission => step_permission[step]

/** What is wanting of a post before it can be sent. */
export function troubleWith(post: Post): 'place' | 'days' | null {
  if (placeOf(post.role) !== 'bureau' && !post.unit) return 'place'
  return post.from !== null && post.to !== null && post.from > post.to ? 'days' : null
}
/** An administrator is nothing besides. */
export const clash = (posts: Post[]): boolean => new Set(posts.map((post) => (isAdministrator(post.role) ? post.role : 'business'))).size > 1
