import { expect, it } from 'vitest'
import { kept } from './words'

it('keeps what was typed elsewhere when one part is stored', () => {
  expect(kept(['概况', '写了一半', ''], ['', '', ''], ['概况', '', ''])).toEqual(['概况', '写了一半', ''])
})

it('shows what another stored where nothing was typed', () => {
  expect(kept(['', '我写的'], ['', ''], ['别人写的', '别人也写了'])).toEqual(['别人写的', '我写的'])
})

it('starts with what is stored', () => {
  expect(kept([], [], ['概况', ''])).toEqual(['概况', ''])
})
