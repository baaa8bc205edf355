// The indicator library at the machine: it grows from approved tables, helps who writes the next one, and shows what lies far off.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it as step } from 'node:test'
import { document_path, drop, inTurn, person, sizes, sound } from './clerk.mjs'
import { done, picture, stage } from './stage.mjs'

let browser
let server
stage((at) => {
  ;({ browser, server } = at)
})
const it = inTurn(step)
const words = readFileSync(document_path('教育局2026年绩效目标表.txt'), 'utf8')
/** A unit's table of a year with its share of pupils who stay. */
const table = (unit, stay, year = '2026') => ({ name: `${unit}${year}.txt`, bytes: Buffer.from(words.replaceAll('株洲市渌口区教育局', unit).replaceAll('2026', year).replace('义务教育巩固率	≥	98', `义务教育巩固率	≥	${stay}`)) })
async function bring(page, files) {
  await drop(page, files)
  await page.waitForFunction(() => /导入完成/.test(document.querySelector('[data-test=import] .headline')?.textContent ?? ''))
}
/** Whoever is at the machine files and approves all there is. */
const approveAll = (page) =>
  page.evaluate(async () => {
    const list = await (await fetch('/api/v1/submissions?state=draft')).json()
    for (const one of list.items) {
      let revision = one.revision
      for (const action of ['submit', 'approve']) {
        const answer = await fetch(`/api/v1/submissions/${one.id}/actions`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'If-Match': `"${revision}"` }, body: JSON.stringify({ action, opinion: null }) })
        if (!answer.ok) throw new Error(await answer.text())
        revision = (await answer.json()).submission.revision
      }
    }
  })

describe('the indicator library', () => {
  it('is empty at first, and says what will fill it', async () => {
    const one = await person(browser, server.address)
    await one.open('/library')
    await one.page.waitForSelector('.empty')
    assert.match(await one.page.innerText('.empty'), /审核通过以后/)
    await sound(one.page, 'the empty library')
    await done(one)
  })

  it('grows from approved tables, is searched and filtered, and draws the targets', async () => {
    const one = await person(browser, server.address)
    const { page } = one
    await one.open('/')
    await bring(page, [...['95', '96', '97', '98', '99', '97'].map((stay, i) => table(`第${i + 1}学区管理中心`, stay)), table('城东学校', '98', '2025')])
    await approveAll(page)
    await one.open('/library')
    await page.waitForSelector('[data-test=entry]')
    assert.equal(await page.locator('[data-test=entry]').count(), 6)
    await page.fill('[data-test=library-search]', '巩固率')
    await page.waitForFunction(() => document.querySelectorAll('[data-test=entry]').length === 1)
    assert.match(await page.innerText('[data-test=entry]'), /义务教育巩固率[\s\S]*中位数 97%[\s\S]*7 张表/)
    await page.fill('[data-test=library-search]', '')
    await page.waitForFunction(() => document.querySelectorAll('[data-test=entry]').length === 6)
    await page.selectOption('[data-test=library-level]', '产出指标/质量指标')
    await page.waitForURL((url) => url.searchParams.get('level') === '产出指标/质量指标')
    await page.waitForFunction(() => document.querySelectorAll('[data-test=entry]').length === 1)
    assert.match(await page.innerText('[data-test=entry]'), /校舍安全事故次数/)
    await page.selectOption('[data-test=library-level]', '')
    await page.waitForFunction(() => document.querySelectorAll('[data-test=entry]').length === 6)
    await sound(page, 'the library')
    await picture(page, 'library')
    const file = page.waitForEvent('download')
    await page.click('[data-test=export-library]')
    assert.equal((await file).suggestedFilename(), '绩效指标库.xlsx')
    await done(one)
  })

  it('opens an entry with where it is used; its words are bettered and found by either name', async () => {
    const one = await person(browser, server.address)
    const { page } = one
    await one.open('/library?q=巩固率')
    await page.locator('[data-test=entry] .link').first().click()
    await page.waitForSelector('[data-test=use]')
    assert.equal(await page.locator('[data-test=use]').count(), 7)
    assert.match(await page.innerText('[data-test=entry-detail]'), /中位数 97%，中间一半在 96.5～98%/)
    await sound(page, 'an entry')
    await picture(page, 'library-entry')
    await page.click('[data-test=write-entry]')
    await page.fill('[data-test=entry-name]', '九年义务教育巩固率')
    await page.selectOption('[data-test=entry-class]', '205')
    await sound(page, 'writing to an entry')
    await page.click('[data-test=save-entry]')
    await page.waitForFunction(() => /表里的名称：义务教育巩固率/.test(document.querySelector('[data-test=entry-detail]')?.textContent ?? ''))
    await one.open('/library?class=205')
    await page.waitForSelector('[data-test=entry]')
    assert.match(await page.innerText('[data-test=entry]'), /九年义务教育巩固率[\s\S]*教育支出/)
    await done(one)
  })

  it('offers what it knows while a name is typed; ↓ and Enter take it, Esc lets the typing go on', async () => {
    const one = await person(browser, server.address)
    const { page } = one
    await one.open('/')
    await bring(page, [table('城东学校', '60')])
    await page.locator('[data-test=import] li.imported a').click()
    await page.waitForSelector('.form')
    await page.click('#table-0 [data-cell="indicators.4.level3"]')
    await page.click('[data-test=add-row]')
    await page.locator('[data-cell="indicators.5.level3"] textarea').waitFor()
    await page.keyboard.type('巩固')
    await page.waitForSelector('[data-test=entry-options]')
    assert.match(await page.innerText('[data-test=entry-options]'), /九年义务教育巩固率[\s\S]*中位数 97%/)
    await page.waitForTimeout(200)
    await sound(page, 'the offers')
    await picture(page, 'library-offers')
    await page.keyboard.press('Escape')
    await page.waitForSelector('[data-test=entry-options]', { state: 'detached' })
    await page.keyboard.type('率')
    await page.waitForSelector('[data-test=entry-options]')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const cell = (field) => page.innerText(`#table-0 [data-cell="indicators.5.${field}"] .text`)
    assert.deepEqual(await Promise.all(['level3', 'comparator', 'unit', 'explanation'].map(cell)), ['九年义务教育巩固率', '≥', '%', '毕业人数与入学人数之比'])
    await page.click('[data-test=undo]')
    assert.equal(await cell('level3'), '')
    await done(one)
  })

  it('shows beside the form what lies far from the others and from last year', async () => {
    const one = await person(browser, server.address)
    const { page } = one
    await one.open('/')
    await page.locator('[data-test=submission] a', { hasText: '城东学校' }).first().waitFor()
    const id = await page.evaluate(async () => (await (await fetch('/api/v1/submissions?state=draft')).json()).items[0].id)
    await one.open(`/submissions/${id}`)
    await page.waitForSelector('[data-test=far]')
    assert.equal(await page.locator('[data-test=far]').count(), 1)
    await page.click('[data-test=far]')
    await page.waitForSelector('[data-test=comparison-hint]')
    const said = await page.locator('[data-test=comparison-hint]').allInnerTexts()
    assert.match(said[0], /同类6个目标值多在.*本表为60%，明显偏低/)
    assert.match(said[1], /上年批复的目标值为98%，本年为60%，降低38.8%/)
    await sound(page, 'the comparison')
    await picture(page, 'comparisons')
    await page.click('#table-0 [data-cell="indicators.4.value"]')
    await page.keyboard.type('97')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-test=far]', { state: 'detached' })
    assert.match(await page.innerText('[data-test=comparisons]'), /保存后重新对比/)
    await page.click('[data-test=save]')
    await page.waitForFunction(() => document.querySelector('.unsaved').textContent === '')
    await page.waitForFunction(() => /没有明显偏离/.test(document.querySelector('[data-test=comparisons]')?.textContent ?? ''))
    await done(one)
  })

  it('serves a telephone too', async () => {
    const one = await person(browser, server.address, sizes.phone)
    const { page } = one
    await one.open('/library')
    await page.waitForSelector('[data-test=entry]')
    await sound(page, 'the library on a telephone')
    await picture(page, 'phone-library')
    await page.locator('[data-test=entry] .link').first().click()
    await page.waitForSelector('[data-test=use]')
    await sound(page, 'an entry on a telephone')
    await picture(page, 'phone-library-entry')
    await done(one)
  })
})
