// A desk's ledgers: taken in from its own table, mended, worked with; a figure opened down to its records, and its source checked after a change.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it as step } from 'node:test'
import { closed, grave } from './bureau.mjs'
import { drop, inTurn, paste, person, sizes, sound, startBrowser, startServer } from './clerk.mjs'

let browser
let server
let clerk
before(async () => {
  browser = await startBrowser()
  server = await startServer({ sample: false })
  clerk = await person(browser, server.address)
})
after(async () => {
  await browser?.close()
  await server?.stop()
})
const it = inTurn(step)
const picture = async (name) => process.env.JIHENG_PICTURES && clerk.page.screenshot({ path: `${process.env.JIHENG_PICTURES}/${name}.png` })
const csv = (name, lines) => ({ name, bytes: Buffer.from(`\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`) })
const year = String(new Date(Date.now() + 8 * 3_600_000).getUTCFullYear())
const found = (page) => page.innerText('[data-test=found]')
const settled = (page, n) => page.waitForFunction((wanted) => document.querySelectorAll('[data-test=record]').length === wanted, n)
const value = (page, measure) => page.locator(`[data-test="measure-${measure}"] [data-test=value]`)
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}
async function openImport(page, ledger) {
  await clerk.open(`/ledgers/${ledger}`)
  await page.click('[data-test=import]')
  await page.locator('[data-test=paste-rows]').waitFor()
}
let receipt

describe('taking ledgers in', () => {
  it('shows every desk with its ledgers', async () => {
    const { page } = clerk
    await clerk.open('/ledgers')
    await page.locator('[data-test=desk]').first().waitFor()
    assert.match(await page.innerText('main'), /投资评审[\s\S]*评审项目[\s\S]*0 条/)
    await sound(page, 'the ledgers')
    await clerk.open('/ledgers/project')
    assert.match(await page.innerText('[data-test=empty]'), /Excel 台账直接导入/)
    await sound(page, 'an empty ledger')
  })

  it('takes a file dropped on the page, after telling what would be taken', async () => {
    const { page } = clerk
    await openImport(page, 'project')
    await sound(page, 'the import')
    await drop(page, [csv('项目.csv', [['项目编码', '项目名称', '预算单位', '预算年度'], ['P1', '河道治理一期', '渌口区水利局', year], ['P2', '教学楼改造', '渌口区教育局', year]])])
    await page.locator('[data-test=told]').waitFor()
    assert.match(await page.innerText('[data-test=told]'), /还没有导入[\s\S]*新增 2 条/)
    await page.click('[data-test=take-all]')
    await settled(page, 2)
    assert.match(await found(page), /共 2 条/)
    await closed(page)
  })

  it('names a bad row with its column and reason, and takes the good rows only when told to', async () => {
    const { page } = clerk
    await openImport(page, 'payment')
    await drop(page, [
      csv('支付.csv', [
        ['支付凭证号', '预算项目', '支付日期', '支付金额', '资金性质'],
        ['ZF-1', '河道治理一期', `${year}-01-05`, '120000.00', '一般公共预算'],
        ['ZF-2', 'P2', `${year}.1.8`, '34567.89', '其他'],
        ['ZF-3', '没有的项目', `${year}-01-09`, '1o0', '其他'],
        ['ZF-4', 'P1', `${year}年1月20日`, '-2000', '其他'],
      ]),
    ])
    await page.locator('[data-test=bad-row]').first().waitFor()
    const bad = await page.locator('[data-test=bad-row]').allInnerTexts()
    assert.ok(bad.every((line) => /^4\b/.test(line.trim())), String(bad))
    assert.ok(bad.some((line) => /支付金额/.test(line)), String(bad))
    assert.ok(await page.isDisabled('[data-test=take-all]'))
    await sound(page, 'a bad row')
    await picture('ledger-import')
    await page.click('[data-test=take-good]')
    await page.waitForSelector('.el-message--success >> text=1 行有问题')
    await settled(page, 3)
    await closed(page)
    assert.match(await page.innerText('[data-test=totals]'), /152,567\.89/)
  })

  it('takes rows pasted from Excel as a file', async () => {
    const { page } = clerk
    await openImport(page, 'payment')
    await page.focus('[data-test=paste-rows]')
    await paste(page, `支付凭证号\t预算项目\t支付日期\t支付金额\nZF-3\t教学楼改造\t${year}-01-09\t"1,000.11"\n`)
    await page.locator('[data-test=told]').waitFor()
    assert.match(await page.innerText('[data-test=told]'), /新增 1 条/)
    await page.click('[data-test=take-all]')
    await settled(page, 4)
    await closed(page)
  })
})

describe('a list', () => {
  it('narrows, sorts and sums, and keeps all of it in its address', async () => {
    const { page } = clerk
    await page.click('[data-test=sort-amount]')
    await page.waitForFunction(() => /ZF-4/.test(document.querySelector('[data-test=record]')?.textContent ?? ''))
    await page.click('[data-test=sort-amount]')
    await page.waitForFunction(() => /ZF-1/.test(document.querySelector('[data-test=record]')?.textContent ?? ''))
    await page.selectOption('[data-test=is-fund]', 'other')
    await settled(page, 2)
    assert.match(await page.innerText('[data-test=totals]'), /32,567\.89/)
    await page.click('[data-test=view-refunds]')
    await settled(page, 1)
    await page.reload()
    await settled(page, 1)
    assert.match(await page.innerText('[data-test=record]'), /ZF-4[\s\S]*-2,000\.00/)
    await page.click('text=清除条件')
    await settled(page, 4)
    await sound(page, 'the list')
    await picture('ledger-list')
  })

  it('goes out as Excel as it is shown', async () => {
    const file = await saved(clerk.page, () => clerk.page.click('[data-test=export]'))
    assert.match(file.name, /项目支付\.xlsx$/)
    assert.equal(file.bytes.subarray(0, 2).toString(), 'PK')
  })

  it('is cards on a telephone', async () => {
    const phone = await person(browser, server.address, sizes.phone)
    await phone.open('/ledgers/payment')
    await settled(phone.page, 4)
    await sound(phone.page, 'the list on a telephone')
    await phone.close()
  })
})

describe('a record', () => {
  it('is written on a form that tells what is missing, and led on by its steps', async () => {
    const { page } = clerk
    await clerk.open('/ledgers/review_case')
    await page.click('[data-test=add-record]')
    await page.click('[data-test=save-record]')
    assert.match(await page.innerText('[data-test=refused]'), /没有填对/)
    await sound(page, 'a form with faults')
    await page.fill('[data-test=field-case_no] input', 'PS-001')
    await page.fill('[data-test=field-project_name] input', '河道护岸工程')
    await page.fill('[data-test=field-owner_unit] input', '渌口区水利局')
    await page.selectOption('[data-test=field-kind] select', 'settlement')
    await page.click('[data-test=save-record]')
    await page.waitForURL(/\/ledgers\/review_case\/PS-001$/)
    await closed(page)
    assert.equal(await page.innerText('[data-test=state]'), '已登记')
    await page.click('[data-test=action-accept]')
    await page.fill('[data-test=field-accepted_on] input', `${year}-01-05`)
    await page.fill('[data-test=field-submitted_amount] input', '1,234,567.8')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('[data-test=state]')?.textContent === '已受理')
    await closed(page)
    assert.match(await page.innerText('[data-test=values]'), /1,234,567\.80/)
    assert.equal(await page.locator('[data-test=due]').count(), 1)
    assert.match(await page.locator('[data-test=moment]').first().innerText(), /受理[\s\S]*状态：已受理/)
    await sound(page, 'a record')
    await picture('ledger-record')
  })
})

describe('a figure', () => {
  it('opens down to its records and out to a file', async () => {
    const { page } = clerk
    await clerk.open(`/measures?from=${year}-01-01&to=${year}-12-31`)
    await value(page, 'execution.paid').waitFor()
    assert.equal(await value(page, 'execution.paid').innerText(), '15.36')
    await sound(page, 'the figures')
    await picture('measures')
    await page.click('[data-test="source-execution.paid"]')
    await page.locator('[data-test=used]').first().waitFor()
    assert.equal(await page.locator('[data-test=used]').count(), 4)
    assert.match(await page.innerText('[data-test=source]'), /153,568/)
    await sound(page, 'where a figure comes from')
    await picture('measure-source')
    const list = await saved(page, () => page.click('[data-test=export-used]'))
    assert.match(list.bytes.toString('utf8'), /ZF-1[\s\S]*ZF-4/)
    receipt = (await saved(page, () => page.click('[data-test=receipt]'))).bytes
    await page.click('[data-test=close-source]')
    await page.locator('[data-test=source]').waitFor({ state: 'detached' }).catch(() => undefined)
  })

  it('has its last twelve months as bars, each leading down', async () => {
    const { page } = clerk
    await page.click('[data-test=chart-budget_execution]')
    await page.selectOption('[data-test=chart-measure]', 'execution.paid')
    // A month without payments has a bar without height.
    await page.waitForFunction(() => [...document.querySelectorAll('[data-test=chart] svg path:not([fill=none])')].some((bar) => bar.getBoundingClientRect().height > 20))
    assert.equal(await page.locator('[data-test=month]').count(), 12)
    await page.locator('[data-test=month]').last().click()
    await page.locator('[data-test=source-value]').waitFor()
    await page.click('[data-test=close-source]')
    await closed(page)
  })

  it('holds as long as nothing changed', async () => {
    const { page } = clerk
    await drop(page, [{ name: '数据来源.json', bytes: receipt }])
    await page.locator('[data-test=receipt-verdict]').waitFor()
    assert.match(await page.innerText('[data-test=receipt-verdict]'), /一致/)
    const altered = Buffer.from(receipt.toString('utf8').replace('15.36', '25.36'))
    await drop(page, [{ name: '改过.json', bytes: altered }])
    await page.waitForFunction(() => /不是本系统出具|改动过/.test(document.querySelector('[data-test=receipt-verdict]')?.textContent ?? ''))
    await drop(page, [{ name: '别的.json', bytes: Buffer.from('{}') }])
    await page.locator('[data-test=verify-trouble]').waitFor()
  })

  it('leads to a record; after that is changed the source is stale and names it', async () => {
    const { page } = clerk
    await page.click('[data-test="source-execution.paid"]')
    await page.locator('[data-test=used] a', { hasText: 'ZF-2' }).click()
    await page.waitForURL(/\/ledgers\/payment\/ZF-2$/)
    await closed(page)
    await page.click('[data-test=edit]')
    assert.equal(await page.inputValue('[data-test=field-amount] input'), '34,567.89')
    await page.fill('[data-test=field-amount] input', '35,000')
    await page.fill('[data-test=why]', '凭证录错')
    await page.click('[data-test=save-record]')
    await closed(page)
    await page.waitForFunction(() => /凭证录错[\s\S]*35,?000\.00[\s\S]*34,?567\.89/.test(document.querySelector('[data-test=moment]')?.textContent ?? ''))
    await page.locator('[data-test=feeds]', { hasText: '支出执行数' }).click()
    await page.locator('[data-test=source-value]').waitFor()
    await page.click('[data-test=close-source]')
    await closed(page)
    await drop(page, [{ name: '数据来源.json', bytes: receipt }])
    await page.waitForFunction(() => /已变化/.test(document.querySelector('[data-test=receipt-verdict]')?.textContent ?? ''))
    const changed = await page.locator('[data-test=changed-record]').allInnerTexts()
    assert.equal(changed.length, 1)
    assert.match(changed[0], /项目支付 ZF-2[\s\S]*第 1 版改为第 2 版/)
    await sound(page, 'a stale source')
    await picture('measure-stale')
    await page.locator('[data-test=changed-record] a').click()
    await page.waitForURL(/\/ledgers\/payment\/ZF-2$/)
    assert.deepEqual(grave(clerk.complaints), [])
  })
})
