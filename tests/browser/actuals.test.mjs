// The indicators of the sample bureau with their actual values: from one of them down to the cases that it counts, and out to a file.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it as step } from 'node:test'
import { inTurn, person, sizes, sound, startBrowser, startServer } from './clerk.mjs'
import { done } from './stage.mjs'

let browser
let server
let submission
before(async () => {
  browser = await startBrowser()
  server = await startServer({ sample: true })
  const list = await (await fetch(`${server.address}/api/v1/submissions`)).json()
  submission = list.items[0].id
})
after(async () => {
  await browser?.close()
  await server?.stop()
})
const it = inTurn(step)
const wait = { timeout: 30_000 }
const picture = async (page, name) => process.env.JIHENG_PICTURES && page.screenshot({ path: `${process.env.JIHENG_PICTURES}/${name}.png` })
const row = (page) => page.locator('[data-test=actual]', { hasText: '评审项目数量' }).first()

describe('the actual values of the five tables', () => {
  it('stand for all 62 indicators, each with its source', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open(`/submissions/${submission}`)
    await page.click('[data-test=actuals]')
    await row(page).waitFor(wait)
    assert.equal(await page.locator('[data-test=actual]').count(), 62)
    await sound(page, 'actual values')
    await picture(page, 'actuals')
    await done(officer)
  })

  it('评审项目数量 opens its cases and their export', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open(`/submissions/${submission}/actuals`)
    await row(page).waitFor(wait)
    const shown = row(page).locator('[data-test=value]')
    const count = Number.parseInt(await shown.innerText(), 10)
    assert.ok(count > 0)
    await shown.click()
    await page.locator('[data-test=used]').first().waitFor(wait)
    assert.match(await page.innerText('[data-test=source]'), /评审/)
    await sound(page, 'the cases of an indicator')
    await picture(page, 'actual-cases')
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test=export-used]')])
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\n')
    assert.ok(lines.length > count, `${lines.length} lines for ${count} cases`)
    await done(officer)
  })

  it('fit a telephone', async () => {
    const phone = await person(browser, server.address, sizes.phone)
    await phone.open(`/submissions/${submission}/actuals`)
    await row(phone.page).waitFor(wait)
    await sound(phone.page, 'actual values on a telephone')
    await done(phone)
  })
})
