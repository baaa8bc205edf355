import { expect, it } from 'vitest'
import type { Me } from '@/api/types'
import { backTo, home, wayTo } from './way'

const person = (more: Partial<Me>): Me => ({ mode: 'accounts', known: true, id: '1', login: 'zhang', name: '张', wants_second_factor: false, has_second_factor: false, sends_mail: false, mail: null, permissions: [], posts: [], ...more })
const list = { path: '/', fullPath: '/?year=2026', needs: 'see_submissions' as const }

it('whoever is not logged in goes to the login and comes back afterwards', () => {
  expect(wayTo(list, person({ known: false }))).toEqual({ path: '/login', query: { back: '/?year=2026' } })
  expect(wayTo({ path: '/login', fullPath: '/login', open: true }, person({ known: false }))).toBe(true)
})
it('at the machine itself every page is open', () => {
  expect(wayTo(list, person({ mode: 'machine', known: true }))).toBe(true)
})
it('an administrator without a second factor sees his own account and nothing else', () => {
  const administrator = person({ wants_second_factor: true })
  expect(wayTo(list, administrator)).toEqual({ path: '/account' })
  expect(wayTo({ path: '/account', fullPath: '/account', own: true }, administrator)).toBe(true)
})
it('a page that the post does not open is refused, and the first page becomes one that it does', () => {
  const administrator = person({ permissions: ['see_units', 'see_accounts'] })
  expect(wayTo(list, administrator)).toEqual({ path: '/people' })
  expect(wayTo({ path: '/journal', fullPath: '/journal', needs: 'see_journal' }, administrator)).toEqual({ path: '/forbidden' })
  expect(home(person({ permissions: ['see_submissions', 'see_units'] }))).toBe('/')
  expect(home(person({}))).toBe('/account')
})
it('one comes back to addresses of this program only', () => {
  expect(backTo('/submissions/1?a=b')).toBe('/submissions/1?a=b')
  for (const address of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1', undefined, ['/'], '/login?back=/', '']) expect(backTo(address)).toBe('/')
})
