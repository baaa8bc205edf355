// 外部人员: a link given, opened by who has no account, and called back.
import assert from 'node:assert/strict'
import { describe, it as step } from 'node:test'
import { bureau, closed, people, table } from './bureau.mjs'
import { inTurn, person, sizes } from './clerk.mjs'
import { raiseOffice } from './office.mjs'
import { done, sound, stage } from './stage.mjs'

let browser
let server
let office
let api
let link
stage(async (at) => {
  ;({ browser, server } = at)
  office = bureau(browser, server)
  api = await raiseOffice(server, people)
  await api.bring('jy.zhang', table('株洲市渌口区教育局'))
  await api.call('jx.zhao', 'PUT', '/years/2026', { opens: '2026-01-05', work_days: 20, notice: null, exempt: [], closed: false })
})
const it = inTurn(step)

describe('outsiders by link', () => {
  it('the performance section says to whom, what for, what and how long, and gets the link once', async () => {
    const one = await office.enter('jx.zhao')
    const { page } = one
    await page.click('header nav a >> text=外部人员')
    await page.click('[data-test=give]')
    await page.fill('[data-test=outsider-name]', '王专家（某大学）')
    await page.fill('[data-test=outsider-purpose]', '评审2026年绩效目标')
    await page.locator('[data-test=outsider-submission] option', { hasText: '教育局' }).waitFor({ state: 'attached' })
    assert.ok(await page.isDisabled('[data-test=give-link]'))
    await page.selectOption('[data-test=outsider-submission]', { index: 1 })
    await page.check('[data-test=outsider-download]')
    await sound(page, 'outsiders give')
    await page.click('[data-test=give-link]')
    link = await page.locator('.el-dialog:visible [data-test=secret]').inputValue()
    assert.match(link, /\/visit#[0-9a-f]{64}$/)
    await page.click('[data-test=close-given]')
    await closed(page)
    assert.match(await page.innerText('[data-test=outsider-link]'), /王专家[\s\S]*有效[\s\S]*还没有打开过/)
    await sound(page, 'outsiders list')
    await done(one)
  })

  for (const [name, size] of Object.entries(sizes)) {
    it(`whoever has the link sees that one filing without an account (${name})`, async () => {
      const expert = await person(browser, server.address, size)
      const { page } = expert
      await page.goto(link)
      await page.waitForSelector('[data-test=visit]')
      assert.match(await page.innerText('[data-test=visit]'), /王专家[\s\S]*赵绩效[\s\S]*评审2026年绩效目标/)
      await page.waitForSelector('.form')
      await sound(page, `visit ${name}`)
      const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=visit-docx]')])
      assert.match(file.suggestedFilename(), /教育局.*绩效目标表\.docx/)
      await expert.open('/units')
      await page.waitForSelector('[data-test=log-in]') // and nothing else
      await done(expert)
    })
  }

  it('called back, it opens nothing; the audit administrator sees each opening', async () => {
    const one = await office.enter('jx.zhao')
    await one.open('/outsiders')
    await one.page.click('[data-test=revoke]')
    await one.page.click('.el-message-box__btns .el-button--primary')
    await one.page.waitForFunction(() => /已收回/.test(document.querySelector('[data-test=outsider-link]')?.textContent ?? ''))
    assert.match(await one.page.innerText('[data-test=outsider-link]'), /打开过 2 次/)
    await done(one)
    const expert = await person(browser, server.address)
    await expert.page.goto(link)
    await expert.page.waitForSelector('text=这个链接不对、已到期或已收回')
    await sound(expert.page, 'visit void')
    await done(expert)
    const log = await api.call('shenji', 'GET', '/logins?limit=100')
    assert.equal(log.filter((each) => each.outcome === 'visit').length, 2)
    assert.equal(log.filter((each) => each.outcome === 'void-link').length, 1)
  })
})
