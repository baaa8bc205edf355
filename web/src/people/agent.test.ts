import { expect, it } from 'vitest'
import { browserName } from './agent'

it('names browsers as people do', () => {
  expect(browserName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0')).toBe('Edge 131 · Windows')
  expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox 140 · Linux')
  expect(browserName('curl/8.5.0')).toBe('curl/8.5.0')
  expect(browserName('')).toBe('')
})
