// 期限日历: what is due for whom, a month at a time, on a wide screen and a telephone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it as step } from 'node:test'
import { bureau, people, table } from './bureau.mjs'
import { inTurn, sizes } from './clerk.mjs'
import { raiseOffice } from './office.mjs'
import { done, sound, stage } from './stage.mjs'

let browser
let server
let office
let api
stage(async (at) => {
  ;({ browser, server } = at)
  office = bureau(browser, server)
  api = await raiseOffice(server, people)
})
const it = inTurn(step)
const day = (days) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(Date.now() + days * 86_400_000))

describe('the calendar of deadlines', () => {
  let submission
  it('a year is open, a unit has more time, another has filed', async () => {
    const year = Number(day(0).slice(0, 4))
    let opened = await api.call('jx.zhao', 'PUT', `/years/${year}`, { opens: day(-4), work_days: 8, notice: null, exempt: [], closed: false })
    opened = await api.call('jx.zhao', 'POST', `/years/${year}/extensions`, { unit: api.units['株洲市渌口区水利局'], work_days: 2, why: '机构改革，人员调整' }, opened.revision)
    submission = await api.bring('jy.zhang', table('株洲市渌口区教育局', (text) => text.replaceAll('2026', String(year))))
    await api.act('jy.zhang', submission, 'submit')
    await api.act('jy.zhou', submission, 'approve')
  })

  for (const [name, size] of Object.entries(sizes)) {
    it(`the performance section sees the whole bureau's days, and each leads to its thing (${name})`, async () => {
      const one = await office.enter('jx.zhao', size)
      const { page } = one
      await page.click('header nav a >> text=期限日历')
      await page.waitForSelector('[data-test=month]')
      await page.waitForSelector('[data-test=due]')
      await sound(page, `calendar ${name}`)
      const due = page.locator('[data-test=due]', { hasText: '报送截止' }).first()
      if (await due.count()) assert.match(await due.innerText(), /未报/)
      const month = await page.innerText('[data-test=month]')
      await page.click('[data-test=month-after]')
      await page.waitForFunction((before) => document.querySelector('[data-test=month]')?.textContent !== before, month)
      await page.goBack()
      await done(one)
    })
  }

  it('a unit sees its own only: what is filed is done; whose turn it is has it waiting', async () => {
    const clerk = await office.enter('jy.zhang')
    await clerk.open('/calendar')
    await clerk.page.waitForSelector('[data-test=month]')
    const words = await clerk.page.innerText('main')
    assert.ok(!words.includes('水利局'))
    await done(clerk)
    const section = await office.enter('jkw.liu')
    await section.open('/calendar')
    const waiting = section.page.locator('[data-test=due].step')
    await waiting.waitFor()
    assert.match(await waiting.innerText(), /教育局：绩效目标待审核/)
    assert.match(await waiting.innerText(), /没有规定期限/)
    await waiting.locator('a').click()
    await section.page.waitForURL((url) => url.pathname === `/submissions/${submission}`)
    await done(section)
  })

  it('goes into the calendar of a telephone', async () => {
    const one = await office.enter('jx.zhao')
    const { page } = one
    await one.open('/calendar')
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=calendar-file]')])
    assert.equal(file.suggestedFilename(), '期限日历.ics')
    const text = readFileSync(await file.path(), 'utf8')
    assert.match(text, /BEGIN:VEVENT/)
    assert.match(text.replaceAll('\r\n ', ''), /URL:http:\/\/127\.0\.0\.1:\d+\/wall\?year=/)
    await done(one)
  })

  it('says that the days of a year without a notice are provisional', async () => {
    const one = await office.enter('jx.zhao', sizes.phone)
    const next = `${Number(day(0).slice(0, 4)) + 3}-05`
    await one.open(`/calendar?month=${next}`)
    await one.page.waitForSelector('[data-test=provisional]')
    await sound(one.page, 'calendar provisional')
    await done(one)
  })
})
