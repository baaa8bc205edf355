// From approval to the public pages: what is due, publishing at a click, what anybody sees, comparing a file, withdrawing.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it as step } from 'node:test'
import { closed, table } from './bureau.mjs'
import { inTurn, person, sizes } from './clerk.mjs'
import { done, machine, sound, stage } from './stage.mjs'

const units = ['株洲市渌口区教育局', '株洲市渌口区民政局', '株洲市渌口区水利局']
let browser
let server
const at = stage((on) => {
  ;({ browser, server } = on)
})
const { ask, bring } = machine(at)
const it = inTurn(step)

async function act(id, action) {
  const { submission } = await ask('GET', `/api/v1/submissions/${id}`)
  await ask('POST', `/api/v1/submissions/${id}/actions`, { action, opinion: null }, { 'If-Match': `"${submission.revision}"` })
}
const chosen = async (page, path) => page.setInputFiles('#file', path)

describe('publication', () => {
  it('three units are approved, one of them classified', async () => {
    await ask('POST', '/api/v1/units/lines', { lines: [{ code: '100', name: '株洲市渌口区财政局' }, ...units.map((name, i) => ({ code: `10${i + 1}`, name, section: '教科文股', classified: i === 2 }))] })
    await ask('PUT', '/api/v1/years/2026', { opens: '2026-01-05', work_days: 20, notice: null, exempt: [], closed: false })
    for (const name of units) {
      const id = await bring(table(name))
      await act(id, 'submit')
      await act(id, 'approve')
    }
  })

  it('the page says what is due by when, explains it, and publishes all at a click', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open('/publication')
    await page.waitForSelector('[data-test=publishable]')
    assert.equal(await page.locator('[data-test=publishable]').count(), 3)
    assert.match(await page.innerText('[data-test=publishable] >> nth=0'), /还剩 20 天/)
    assert.match(await page.locator('[data-test=publishable]', { hasText: units[2] }).innerText(), /不公开/)
    await sound(page, 'publication due')
    await page.locator('[data-test=why-due]').first().click()
    await page.waitForSelector('.days li')
    assert.equal(await page.locator('.days li').count(), 20)
    await sound(page, 'publication deadline')
    await page.keyboard.press('Escape')
    await closed(page)
    await page.check('[data-test=tick-all]')
    assert.match(await page.innerText('[data-test=publish]'), /公开选中的 2 份/)
    await page.click('[data-test=publish]')
    await page.waitForSelector('.el-message--success')
    await page.waitForFunction(() => document.querySelectorAll('[data-test=withdraw]').length === 2)
    await sound(page, 'publication published')
    const [zip] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=zip]')])
    assert.match(zip.suggestedFilename(), /2026年绩效目标公开\.zip/)
    await done(officer)
  })

  for (const [name, size] of Object.entries(sizes)) {
    it(`anybody finds a unit by what its indicators say, and reads its tables (${name})`, async () => {
      const citizen = await person(browser, server.address, size)
      const { page } = citizen
      await citizen.open('/public/')
      assert.equal(await page.locator('#list tbody tr:visible').count(), 2)
      assert.ok(!(await page.innerText('body')).includes(units[2]))
      await sound(page, `public index ${name}`)
      await page.fill('#query', '满意度')
      await page.waitForFunction(() => document.querySelector('.hits')?.textContent.includes('满意度'))
      await page.fill('#query', '没有这样的指标')
      await page.waitForSelector('#nothing:visible')
      await page.fill('#query', '民政')
      assert.match(await page.innerText('#count'), /找到 1 份/)
      await page.click('#list tbody tr:visible a')
      await page.waitForSelector('.form')
      await sound(page, `public unit ${name}`)
      await done(citizen)
    })
  }

  it('works without a script as well', async () => {
    const context = await browser.newContext({ viewport: sizes.wide, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${server.address}/public/`)
    assert.equal(await page.locator('#list tbody tr').count(), 2)
    assert.ok(await page.locator('#finder').isHidden())
    await page.click('#list tbody a')
    assert.match(await page.innerText('.form >> nth=0'), /一级指标/)
    await context.close()
  })

  it('tells whoever drops a file whether it is the published one, and where it is not', async () => {
    const citizen = await person(browser, server.address)
    const { page } = citizen
    await citizen.open('/public/2026/101.html')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.downloads a >> nth=0')])
    const path = await download.path()
    await citizen.open('/public/compare.html')
    await chosen(page, { name: '下载的.docx', mimeType: 'application/octet-stream', buffer: readFileSync(path) })
    await page.waitForSelector('.verdict.good')
    assert.match(await page.innerText('.verdict'), /一个字节不差/)
    await sound(page, 'compare identical')
    const changed = table(units[0], (text) => text.replace('98', '89'))
    await chosen(page, { name: changed.name, mimeType: 'text/plain', buffer: changed.bytes })
    await page.waitForSelector('.verdict.bad')
    await sound(page, 'compare differs')
    assert.ok((await page.locator('.compared tbody tr').count()) >= 1)
    await chosen(page, { name: '水利局.txt', mimeType: 'text/plain', buffer: table(units[2]).bytes })
    await page.waitForFunction(() => /没有找到/.test(document.querySelector('.verdict')?.textContent ?? ''))
    await page.setViewportSize(sizes.phone)
    await chosen(page, { name: changed.name, mimeType: 'text/plain', buffer: changed.bytes })
    await page.waitForSelector('.verdict.bad')
    await sound(page, 'compare phone')
    await done(citizen)
  })

  it('what is withdrawn, with its reason, is gone from the pages', async () => {
    const officer = await person(browser, server.address, sizes.phone)
    const { page } = officer
    await officer.open('/publication')
    const line = page.locator('[data-test=publishable]', { hasText: units[1] })
    await line.locator('[data-test=withdraw]').click()
    assert.ok(await page.isDisabled('[data-test=withdraw-now]'))
    await page.fill('[data-test=why]', '金额印错了')
    await page.click('[data-test=withdraw-now]')
    await closed(page)
    await page.waitForFunction(() => document.body.textContent.includes('金额印错了'))
    await sound(page, 'publication phone')
    assert.equal((await fetch(`${server.address}/public/2026/102.html`)).status, 404)
    await done(officer)
  })

  it('official documents are downloaded, filled', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open('/wall')
    await page.click('[data-test=documents] summary')
    for (const kind of ['notice-docx', 'approval-pdf']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-test=${kind}]`)])
      assert.match(download.suggestedFilename(), /^2026年绩效目标(布置通知\.docx|批复\.pdf)$/)
    }
    await page.waitForSelector('[data-test=documents] .note')
    await sound(page, 'official documents')
    await done(officer)
  })
})
