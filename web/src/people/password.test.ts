import { expect, it } from 'vitest'
import { brokenRules } from './password'

it('a password of ten signs of three kinds is good', () => {
  expect(brokenRules('Lukou-2026', 'zhang')).toEqual([])
})
it('each rule is told by itself', () => {
  expect(brokenRules('', 'zhang')).toEqual(['length', 'kinds', 'common'])
  expect(brokenRules('Ab1', 'zhang')).toEqual(['length'])
  expect(brokenRules('abcdefghij', 'zhang')).toEqual(['kinds'])
  expect(brokenRules('Zhang-2026', 'zhang')).toEqual(['login'])
  expect(brokenRules('Password12', 'zhang')).toEqual(['common'])
})
it('what everybody tries is allowed as a small part of a long password', () => {
  expect(brokenRules('Admin-of-Lukou-2026', '')).toEqual([])
})
