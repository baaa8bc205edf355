import { expect, it } from 'vitest'
import { begin, commit, redo, undo } from './undo'

it('goes back and forth over what was done, and leads to where it was done', () => {
  let trail = begin('甲')
  trail = commit(trail, '乙', '改 1', 'cell-1')
  trail = commit(trail, '丙', '改 2', 'cell-2')
  const back = undo(trail)
  expect(back.trail.present.value).toBe('乙')
  expect(back.focus).toBe('cell-2')
  const forth = redo(back.trail)
  expect(forth.trail.present.value).toBe('丙')
  expect(forth.focus).toBe('cell-2')
})

it('forgets the undone once something new is done', () => {
  let trail = commit(commit(begin(0), 1, '', null), 2, '', null)
  trail = commit(undo(trail).trail, 3, '', null)
  expect(redo(trail).trail.present.value).toBe(3)
  expect(undo(trail).trail.present.value).toBe(1)
})

it('keeps no step that changed nothing', () => {
  const trail = begin('甲')
  expect(commit(trail, '甲', '', null)).toBe(trail)
})

it('stays put at both ends', () => {
  const trail = begin('甲')
  expect(undo(trail).trail).toBe(trail)
  expect(redo(trail).trail).toBe(trail)
})
