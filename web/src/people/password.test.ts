import { expect, it } from 'vitest'
import { brokenRules } from './password'

it('a password of twelve signs of three kinds is good', () => {
  expect(brokenRules('Lukou-shi-26', 'zhang')).toEqual([])
})
it('each rule is told by itself', () => {
  expect(brokenRules('', 'zhang')).toEqual(['length', 'kinds', 'common'])
  expect(brokenRules('Ab1', 'zhang')).toEqual(['length'])
  expect(brokenRules('abcdefghijkl', 'zhang')).toEqual(['kinds'])
  expect(brokenRules('Zhang-2026-ok', 'zhang')).toEqual(['login'])
  expect(brokenRules('Password2026', 'zhang')).toEqual(['common'])
})
it('what everybody tries is allowed as a small part of a long password', () => {
  expect(brokenRules('Admin-of-Lukou-2026', '')).toEqual([])
})
