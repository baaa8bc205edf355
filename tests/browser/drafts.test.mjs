// What was typed and not stored: the browser is killed, the program is gone, another one saves first, another person sits down.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { administrators, bureau, grave, staff, table, unit_lines } from './bureau.mjs'
import { person, screens, sizes, sound, startBrowser, startServer } from './clerk.mjs'

let browser
let county
before(async () => {
  browser = await startBrowser()
  county = await startServer({ sample: true })
})
after(async () => {
  await browser?.close()
  await county?.stop()
})

const cell = (id) => `#table-0 [data-cell="${id}"]`
const offer = '[data-test=draft-offer]'
const note = cell('indicators.0.note')
const words = (page, selector) => page.locator(`${selector} .text`).innerText()
async function open(one, path) {
  await one.open(path)
  await one.page.waitForSelector('.form')
}
async function write(page, selector, text) {
  await page.click(selector)
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
const stored = (page) => page.waitForFunction(() => document.querySelector('.unsaved').textContent === '')
const kept = (page) => page.waitForTimeout(900)
async function firstSubmission(one) {
  await one.open('/')
  const link = one.page.locator('[data-test=submission] a').first()
  await link.waitFor()
  return link.getAttribute('href')
}

describe('a browser that is killed in mid-edit', () => {
  const profile = mkdtempSync(join(tmpdir(), 'jiheng-profile-'))
  after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }))
  let path

  it('has the draft when it is opened again, the cell that was being written included', async () => {
    const one = await screens(profile, county.address)
    path = await firstSubmission(one)
    await open(one, path)
    await write(one.page, note, '写好的备注')
    await one.page.click(cell('indicators.1.note'))
    await one.page.keyboard.type('写到一半的')
    await kept(one.page)
    await one.kill()

    const again = await screens(profile, county.address)
    await open(again, path)
    await again.page.waitForSelector(offer)
    assert.match(await again.page.innerText(offer), /2 处修改没有暂存（今天/)
    assert.equal(await words(again.page, note), '', 'nothing is forced')
    await again.page.click('[data-test=compare-draft]')
    assert.match(await again.page.innerText(offer), /写好的备注[\s\S]*写到一半的/)
    await sound(again.page, 'the offer')
    if (process.env.PICTURES) await again.page.screenshot({ path: join(process.env.PICTURES, 'draft.png') })
    await again.page.setViewportSize(sizes.phone)
    await sound(again.page, 'the offer on a telephone')
    if (process.env.PICTURES) await again.page.screenshot({ path: join(process.env.PICTURES, 'draft-phone.png') })
    await again.page.setViewportSize(sizes.wide)
    await again.page.click('[data-test=restore-draft]')
    assert.equal(await words(again.page, note), '写好的备注')
    assert.equal(await words(again.page, cell('indicators.1.note')), '写到一半的')
    await again.kill()
  })

  it('keeps what was restored until it is stored, and then offers nothing any more', async () => {
    const one = await screens(profile, county.address)
    await open(one, path)
    await one.page.click('[data-test=restore-draft]')
    await one.page.click('[data-test=save]')
    await stored(one.page)
    await kept(one.page)
    await open(one, path)
    assert.equal(await one.page.locator(offer).count(), 0)
    assert.equal(await words(one.page, note), '写好的备注')
    assert.deepEqual(grave(one.complaints), [])
    await one.close()
  })

  it('shows both sides where another one saved meanwhile, and loses neither', async () => {
    const one = await screens(profile, county.address)
    await open(one, path)
    await write(one.page, note, '我昨晚写的')
    await kept(one.page)
    await one.kill()
    const other = await person(browser, county.address)
    await open(other, path)
    await write(other.page, cell('indicators.2.note'), '同事写的')
    await other.page.click('[data-test=save]')
    await stored(other.page)
    await other.close()
    const again = await screens(profile, county.address)
    const { page } = again
    await open(again, path)
    assert.match(await page.innerText(offer), /此后 .+ 暂存了第 \d+ 版/)
    await page.click('[data-test=restore-draft]')
    await page.waitForSelector('[data-test=keep-both]')
    await page.click('[data-test=compare]')
    assert.match(await page.locator('.el-dialog:visible').innerText(), /我的修改（1）[\s\S]*我昨晚写的[\s\S]*对方的修改（1）[\s\S]*同事写的/)
    await page.click('[data-test=keep-both]')
    await stored(page)
    assert.equal(await words(page, note), '我昨晚写的')
    assert.equal(await words(page, cell('indicators.2.note')), '同事写的')
    await again.close()
  })

  it('keeps the work where the program is gone in mid-save, and knows its own where only the answer was lost', async () => {
    const one = await screens(profile, county.address)
    const { page } = one
    await open(one, path)
    await write(page, note, '断线前写的')
    await page.route('**/tables', (route) => route.abort())
    await page.click('[data-test=save]')
    await page.waitForSelector('.el-message--error')
    await kept(page)
    await one.kill()
    const again = await screens(profile, county.address)
    await open(again, path)
    await again.page.click('[data-test=restore-draft]')
    let lost = 1
    await again.page.route('**/tables', async (route) => {
      if (lost-- <= 0) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await again.page.click('[data-test=save]')
    await again.page.waitForSelector('.el-message--error')
    await again.page.click('[data-test=save]')
    await stored(again.page)
    assert.equal(await again.page.locator('[data-test=keep-mine]:visible').count(), 0)
    await again.close()
  })

  it('is left on purpose and asks; what is thrown away is asked for twice', async () => {
    const one = await screens(profile, county.address)
    const { page } = one
    await open(one, path)
    await write(page, note, '不要的')
    await page.locator('nav a', { hasText: '审核规则' }).click()
    assert.match(await page.locator('.el-dialog:visible').innerText(), /下次打开时可以恢复/)
    await page.click('[data-test=leave]')
    await page.waitForSelector('.rule')
    await open(one, path)
    await page.click('[data-test=discard-draft]')
    await page.click('[data-test=discard-draft-sure]')
    await page.waitForSelector(offer, { state: 'detached' })
    await open(one, path)
    assert.equal(await page.locator(offer).count(), 0)
    await one.close()
  })
})

describe('several persons at one computer', () => {
  let server
  let office
  let path
  const links = {}
  before(async () => {
    server = await startServer({ sample: false })
    office = bureau(browser, server)
    const founder = await person(browser, server.address)
    await founder.open(server.setup)
    Object.assign(links, await office.setUp(founder.page))
    for (const [post, [login]] of Object.entries(administrators)) {
      if (post === 'audit') continue
      await founder.context.clearCookies()
      await office.welcome(founder.page, links[post])
      await office.logIn(founder, login)
      await office.bind(founder.page, login)
    }
    await founder.close()
    const system = await office.enter('xitong')
    await system.open('/units')
    await office.pasteUnits(system.page, unit_lines)
    await system.page.click('[data-test=take-units]')
    await system.page.waitForSelector('[data-test=unit-line]')
    await system.open('/people')
    for (const post of ['clerk', 'performance']) links[post] = await office.addPerson(system.page, ...staff[post].slice(0, 2))
    await system.close()
    const security = await office.enter('anquan')
    for (const post of ['clerk', 'performance']) await office.appoint(security.page, staff[post][1], staff[post][2])
    await security.close()
  })
  after(() => server?.stop())

  it('nobody is offered what another one wrote; logging out asks what becomes of it', async () => {
    const one = await person(browser, server.address)
    const { page } = one
    await office.welcome(page, links.clerk)
    await office.logIn(one, 'jy.zhang')
    await office.file(page, table('株洲市渌口区教育局'))
    path = await page.locator('[data-test=import] li.imported a').getAttribute('href')
    await open(one, path)
    await write(page, note, '张经办写的')
    const logOut = async () => {
      await page.click('[data-test=person]')
      await page.locator('[data-test=log-out]:visible').click()
    }
    await logOut()
    await page.waitForSelector('[data-test=keep-drafts]')
    await sound(page, 'the question at logging out')
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, 'draft-log-out.png') })
    await page.click('[data-test=keep-drafts]')
    await page.waitForURL(/\/login$/)
    await office.welcome(page, links.performance)
    await office.logIn(one, 'jx.zhao')
    await open(one, path)
    assert.equal(await page.locator(offer).count(), 0)
    await logOut()
    await page.waitForURL(/\/login$/)
    await office.logIn(one, 'jy.zhang')
    await open(one, path)
    assert.match(await page.innerText(offer), /1 处修改没有暂存/)
    await page.click('[data-test=restore-draft]')
    assert.equal(await words(page, note), '张经办写的')
    await logOut()
    await page.click('[data-test=clear-drafts]')
    await page.waitForURL(/\/login$/)
    await office.logIn(one, 'jy.zhang')
    await open(one, path)
    assert.equal(await page.locator(offer).count(), 0)
    assert.equal(await words(page, note), '')
    assert.deepEqual(grave(one.complaints), [])
    await one.close()
  })
})
