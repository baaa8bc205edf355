// Each desk's day: its page, a record taken from its number to its papers, a deadline explained, a file put where it belongs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it as step } from 'node:test'
import { closed, grave } from './bureau.mjs'
import { inTurn, person, sizes, sound, startBrowser, startServer } from './clerk.mjs'

let browser
let server
let clerk
before(async () => {
  browser = await startBrowser()
  server = await startServer({ sample: true })
  clerk = await person(browser, server.address)
  clerk.page.setDefaultTimeout(30_000)
})
after(async () => {
  await browser?.close()
  await server?.stop()
})
const it = inTurn(step)
const picture = async (page, name) => process.env.JIHENG_PICTURES && page.screenshot({ path: `${process.env.JIHENG_PICTURES}/${name}.png`, fullPage: name.startsWith('desk') })
const day = (offset = 0) => new Date(Date.now() + (8 + 24 * offset) * 3_600_000).toISOString().slice(0, 10)
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}
async function desk(page, name) {
  await page.goto(`${server.address}/desks/${name}`)
  await page.locator('[data-test=desk-ledger]').first().waitFor()
}
/** A new record: what is typed, what is chosen. */
async function add(page, ledger, typed, chosen = {}) {
  await page.goto(`${server.address}/ledgers/${ledger}`)
  await page.click('[data-test=add-record]')
  for (const [field, text] of Object.entries(typed)) await page.fill(`[data-test=field-${field}] input`, text)
  for (const [field, code] of Object.entries(chosen)) await page.selectOption(`[data-test=field-${field}] select`, code)
  await page.click('[data-test=save-record]')
  await page.waitForURL(new RegExp(`/ledgers/${ledger}/.`))
  await closed(page)
  return decodeURIComponent(page.url().split('/').pop())
}
async function act(page, action, typed, state) {
  await page.click(`[data-test=action-${action}]`)
  for (const [field, text] of Object.entries(typed)) await page.fill(`[data-test=field-${field}] input`, text)
  await page.click('[data-test=save-record]')
  await page.waitForFunction((wanted) => document.querySelector('[data-test=state]')?.textContent === wanted, state)
  await closed(page)
}

describe('the review centre', () => {
  it('comes to its page from the ledgers', async () => {
    const { page } = clerk
    await clerk.open('/ledgers')
    await page.locator('[data-test=to-desk]', { hasText: '投资评审' }).click()
    await page.waitForURL(/\/desks\/investment_review$/)
    assert.match(await page.locator('[data-test=work]').first().innerText(), /评审项目[\s\S]*评审中[\s\S]*已归档/)
    await page.locator('[data-test=desk-chart] svg').first().waitFor()
    await sound(page, 'the review centre')
    await picture(page, 'desk-review')
    await page.locator('[data-test=state]', { hasText: '评审中' }).click()
    await page.waitForURL(/\/ledgers\/review_case\?is_state=reviewing/)
    await page.locator('[data-test=record]').first().waitFor()
  })

  it('gives a new case its number, its last day and its papers', async () => {
    const { page } = clerk
    const id = await add(page, 'review_case', { project_name: '护岸工程', owner_unit: '渌口区水利局' }, { kind: 'settlement' })
    assert.match(id, /^PS\d{4}-\d{3}$/)
    await act(page, 'accept', { accepted_on: day(), submitted_amount: '1234567.8' }, '已受理')
    const slip = await saved(page, () => page.click('[data-test=handover-docx]'))
    assert.equal(slip.name, '资料交接单 护岸工程.docx')
    assert.equal(slip.bytes.subarray(0, 2).toString(), 'PK')
    await sound(page, 'a record with papers')
    await picture(page, 'record-documents')
    await page.click('[data-test=explain]')
    await page.locator('[data-test=due-day]').waitFor()
    assert.ok((await page.locator('[data-test=day]').count()) >= 30)
    assert.match(await page.locator('[data-test=day]').last().innerText(), /第 30 天/)
    await sound(page, 'a deadline, day by day')
    await picture(page, 'record-deadline')
  })
})

describe('the supervision section', () => {
  it('is typed in by people quicker than the dialog opens', async () => {
    const { page } = clerk
    await clerk.open('/ledgers/inspection')
    await page.click('[data-test=add-record]')
    await page.focus('[data-test=field-member] input')
    await page.waitForTimeout(400)
    await page.keyboard.type('周敏')
    assert.equal(await page.inputValue('[data-test=field-member] input'), '周敏')
    assert.equal(await page.inputValue('[data-test=field-inspection_no] input'), '')
    await page.keyboard.press('Escape')
    await closed(page)
    await page.click('[data-test=add-record]')
    await page.waitForFunction(() => document.activeElement === document.querySelector('[data-test=field-inspection_no] input'))
    await page.keyboard.press('Escape')
    await closed(page)
  })

  it('writes an inspection and prints its notice', async () => {
    const { page } = clerk
    await desk(page, 'supervision')
    await page.locator('[data-test=desk-chart] svg').first().waitFor()
    await sound(page, 'the supervision section')
    await picture(page, 'desk-supervision')
    const id = await add(page, 'inspection', { object: '渌口区林业局', basis: '年度检查计划', leader: '陈立', member: '周敏' }, { kind: 'accounting_quality' })
    assert.match(id, /^JC\d{4}-\d{2}$/)
    const notice = await saved(page, () => page.click('[data-test=inspection_notice-pdf]'))
    assert.equal(notice.bytes.subarray(0, 5).toString(), '%PDF-')
    await act(page, 'notify', { document_no: '渌财监〔2026〕20号', notified_on: day() }, '已通知')
  })
})

describe('the asset section', () => {
  it('sees which leases end and who owes, and prints the demand', async () => {
    const { page } = clerk
    await desk(page, 'state_assets')
    await page.locator('[data-test=desk-chart] svg').first().waitFor()
    assert.match(await page.innerText('main'), /即将到期合同[\s\S]*30天内/)
    await sound(page, 'the asset section')
    await picture(page, 'desk-assets')
    await clerk.open('/ledgers/lease/HT025')
    const demand = await saved(page, () => page.click('[data-test=arrears_notice-docx]'))
    assert.equal(demand.name, '催缴通知 HT025.docx')
  })
})

describe('the network people', () => {
  it('take a ticket on a telephone, with its hours running', async () => {
    const phone = await person(browser, server.address, sizes.phone)
    const { page } = phone
    page.setDefaultTimeout(30_000)
    await desk(page, 'network_operations')
    await page.locator('[data-test=desk-chart] svg').first().waitFor()
    await sound(page, 'the network on a telephone')
    await picture(page, 'desk-phone')
    const now = new Date(Date.now() + 8 * 3_600_000 - 60_000).toISOString().slice(0, 16)
    const id = await add(page, 'ticket', { unit_name: '渌口区林业局', opened_at: now }, { channel: 'phone', category: 'fault' })
    assert.match(id, /^GD\d{4}-\d{3}$/)
    assert.match(await page.innerText('[data-test=due]'), /还剩 1 小时 5\d 分/)
    await desk(page, 'network_operations')
    assert.match(await page.locator('[data-test=pressing]').first().innerText(), /还剩 1 小时/)
    assert.deepEqual(grave(phone.complaints), [])
    await phone.close()
  })
})

describe('the other desks', () => {
  it('have their pages', async () => {
    const { page } = clerk
    for (const name of ['budget_execution', 'satisfaction', 'performance', 'work']) {
      await desk(page, name)
      await page.locator('[data-test=desk-chart]').first().waitFor()
      await sound(page, `the desk ${name}`)
      if (name === 'budget_execution') await picture(page, 'desk-budget')
    }
  })

  it('put a file where its name stood', async () => {
    const { page } = clerk
    await clerk.open('/ledgers/work_task/RW2026-01')
    await page.locator('[data-test=put-proof_file]').waitFor()
    await page.setInputFiles('[data-test=input-proof_file]', { name: '工作小结.txt', mimeType: 'text/plain', buffer: Buffer.from('季度工作小结') })
    await page.locator('[data-test=file-proof_file]').waitFor()
    const file = await saved(page, () => page.click('[data-test=file-proof_file]'))
    assert.equal(file.name, '工作小结.txt')
    assert.equal(file.bytes.toString('utf8'), '季度工作小结')
    assert.deepEqual(grave(clerk.complaints), [])
  })
})
