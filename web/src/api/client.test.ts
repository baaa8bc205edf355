import { expect, it } from 'vitest'
import { fileName } from './client'

it('a download takes the name that the server gives, in whatever script', () => {
  expect(fileName(`attachment; filename="export.docx"; filename*=UTF-8''%E7%BB%A9%E6%95%88%20%E8%A1%A8.docx`)).toBe('绩效 表.docx')
  expect(fileName('attachment; filename="form.pdf"')).toBe('form.pdf')
  expect(fileName("attachment; filename*=UTF-8''%E7%BB%; filename=plain.pdf")).toBe('plain.pdf')
  expect(fileName('attachment')).toBeNull()
  expect(fileName(null)).toBeNull()
})
