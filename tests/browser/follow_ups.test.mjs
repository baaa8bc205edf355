// The second half of the year on the page: a round is laid before the sample bureau, filled from its records, signed, its red lights
// answered; its self-evaluation scored, proved, checked again, and taken along as files.
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
  await approve()
  clerk = await person(browser, server.address)
})
after(async () => {
  await browser?.close()
  await server?.stop()
})
const it = inTurn(step)
const wait = { timeout: 30_000 }
const picture = async (name) => process.env.JIHENG_PICTURES && clerk.page.screenshot({ path: `${process.env.JIHENG_PICTURES}/${name}.png` })

async function ask(method, path, body, revision) {
  const headers = { 'Content-Type': 'application/json', ...(revision && { 'If-Match': `"${revision}"` }) }
  const answer = await fetch(`${server.address}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`)
  return answer.json()
}
/** The three slips of the real tables are mended, the tables approved, the sources of the figures confirmed. */
async function approve() {
  await ask('POST', '/units/lines', { lines: [{ code: '100', name: '株洲市渌口区财政局' }] })
  const { items } = await ask('GET', '/submissions')
  const path = `/submissions/${items[0].id}`
  const { tables } = await ask('GET', path)
  tables[1].amount = '10'
  tables[2].unit_name = tables[0].unit_name
  tables[3].indicators[3].comparator = '='
  await ask('PUT', `${path}/tables`, { tables }, 1)
  await ask('POST', `${path}/actions`, { action: 'submit' }, 2)
  await ask('POST', `${path}/actions`, { action: 'approve' }, 3)
  await ask('POST', `${path}/actuals/confirm`)
}
async function openRound(path, fill) {
  const { page } = clerk
  await clerk.open(path)
  await page.locator('[data-test=open-round]').click()
  await page.locator('[data-test=year]').fill('2026')
  await fill(page)
  await page.click('[data-test=save-round]')
  await page.locator('[data-test=form]').first().waitFor(wait)
  await closed(page)
}
async function toForm() {
  await clerk.page.locator('[data-test=form]').first().click()
  await clerk.page.locator('[data-test=indicator]').first().waitFor(wait)
}
/** Of the whole department no payments are kept. */
async function spent(page, amount) {
  const field = page.locator('[data-test=executed]')
  if (await field.count()) await field.fill(amount)
}
const kept = (page) => page.waitForFunction(() => document.querySelector('[data-test=kept]')?.textContent === '已保存', undefined, wait)
const state = (page, words) => page.waitForFunction((wanted) => document.querySelector('[data-test=state]')?.textContent === wanted, words, wait)

describe('monitoring', () => {
  it('lays a form before the unit, with lights that lead down', async () => {
    const { page } = clerk
    await clerk.open('/monitoring')
    await page.getByText('还没有布置运行监控').waitFor(wait)
    await openRound('/monitoring', async () => {
      await page.locator('[data-test=month]').fill('7')
      await page.locator('[data-test=opens]').fill('2026-08-03')
    })
    assert.equal(await page.locator('[data-test=table]').count(), 5)
    assert.ok((await page.locator('.cells [data-light=red]').count()) > 0)
    await sound(page, 'the matrix of lights')
    await picture('monitoring')
    await toForm()
    await page.click('[data-test=tab-2]')
    await page.locator('[data-test=measured]').first().waitFor(wait)
    await sound(page, 'a form of monitoring')
    await picture('monitoring-form')
  })

  it('asks for what no ledger can tell, keeps it, and goes to its signature', async () => {
    const { page } = clerk
    for (let table = 0; table < 5; ++table) {
      await page.click(`[data-test=tab-${table}]`)
      await page.fill('[data-test=execution-note]', '合同款下半年支付')
      await spent(page, '700')
      const rows = page.locator('[data-test=indicator]')
      for (let row = 0; row < (await rows.count()); ++row) {
        const one = rows.nth(row)
        if ((await one.locator('[data-test=remark]').count()) === 0) continue
        const actual = one.locator('[data-cell^=actual]')
        if (await actual.count()) await actual.fill((await actual.evaluate((field) => field.tagName)) === 'TEXTAREA' ? '正在推进' : '96')
        const likelihood = one.locator('[data-test=likelihood]')
        if ((await likelihood.inputValue()) === '') await likelihood.selectOption('有可能')
        await one.locator('[data-test=note]').fill('下半年加快')
      }
    }
    // The rows below the total are folded away until somebody needs them.
    const funds = page.locator('[data-test=funds]')
    assert.equal(await funds.evaluate((box) => box.open), false)
    await funds.locator('summary').click()
    assert.match(await funds.innerText(), /本年财政拨款[\s\S]*上年结转资金[\s\S]*其他资金/)
    await funds.locator('[data-test=fund-budget]').first().fill('1,000')
    await funds.locator('[data-test=fund-executed]').first().fill('650.5')
    await page.keyboard.press('Control+s')
    await kept(page)
    assert.match(await funds.innerText(), /65\.05%/)
    await sound(page, 'money by fund')
    await picture('monitoring-funds')
    await page.click('[data-test=act-submit]')
    await state(page, '待负责人签字')
    await page.click('[data-test=act-sign]')
    await state(page, '已报送')
    await page.locator('[data-test=alarm]').first().waitFor(wait)
  })

  it('has its red lights answered and closed', async () => {
    const { page } = clerk
    const alarm = page.locator('[data-test=alarm]').first()
    await alarm.locator('[data-test=open-alarm]').click()
    await alarm.locator('[data-test=alarm-words]').fill('重点项目9月确定，10月底前完成监控')
    await alarm.locator('[data-test=answer]').click()
    await page.locator('[data-test=alarm] .said').first().waitFor(wait)
    await page.locator('[data-test=alarm]', { hasText: '已答复' }).first().locator('[data-test=open-alarm]').click()
    await page.locator('[data-test=answer]').click()
    await page.locator('[data-test=alarm]', { hasText: '已解除' }).first().waitFor(wait)
    await sound(page, 'a filed form with its alarms')
  })

  it('raises a problem from a red light, once, and leads back to it', async () => {
    const { page } = clerk
    const form = new URL(page.url()).pathname
    await page.locator('[data-test=alarm] [data-test=raise-here]').first().click()
    await page.locator('[data-test=raise-from]').waitFor(wait)
    assert.match(await page.innerText('[data-test=raise-from]'), /株洲市渌口区财政局[\s\S]*绩效监控[\s\S]*2026年1-7月绩效运行监控/)
    assert.match(await page.inputValue('[data-test=raise-text]'), /红灯/)
    await sound(page, 'a problem raised from a red light')
    await picture('problem-from-alarm')
    await page.fill('[data-test=raise-action]', '加快支付进度，10月底前达到序时进度')
    await page.click('[data-test=raise-now]')
    await page.locator('[data-test=problem-text]').waitFor(wait)
    await closed(page)
    await sound(page, 'the problem with the way back')
    await page.click('[data-test=source]')
    await page.locator('[data-test=alarm]').first().waitFor(wait)
    assert.equal(new URL(page.url()).pathname, form)
    await page.locator('[data-test=alarm] [data-test=raise-here]').first().click()
    await page.locator('[data-test=raised-before] a').waitFor(wait)
    assert.equal(await page.locator('[data-test=raise-now]').count(), 0)
    await page.keyboard.press('Escape')
    await closed(page)
  })

  it('stands in the calendar: the form, its red lights, the problem', async () => {
    for (const [name, size] of Object.entries(sizes)) {
      const one = await person(browser, server.address, size)
      const { page } = one
      await one.open('/calendar?month=2026-08')
      await page.locator('.thing.form').first().waitFor(wait)
      assert.match(await page.innerText('.thing.form'), /2026年1-7月绩效运行监控/)
      const due = (await ask('GET', '/problems')).items[0].due
      await one.open(`/calendar?month=${due.slice(0, 7)}`)
      await page.locator('.thing.problem').first().waitFor(wait)
      await sound(page, `the calendar with problems ${name}`)
      if (process.env.JIHENG_PICTURES) await page.screenshot({ path: `${process.env.JIHENG_PICTURES}/calendar-problems-${name}.png` })
      await page.locator('.thing.problem a').first().click()
      await page.locator('[data-test=problem-text]').waitFor(wait)
      assert.deepEqual(grave(one.complaints), [])
      await one.context.close()
    }
  })

  it('fits a telephone', async () => {
    const phone = await person(browser, server.address, sizes.phone)
    await phone.open('/monitoring')
    await phone.page.locator('[data-test=form]').first().waitFor(wait)
    await sound(phone.page, 'the matrix on a telephone')
    await phone.page.locator('[data-test=form]').first().click()
    await phone.page.locator('[data-test=indicator]').first().waitFor(wait)
    await sound(phone.page, 'a form on a telephone')
    assert.deepEqual(grave(phone.complaints), [])
    await phone.context.close()
  })
})

describe('self-evaluation', () => {
  it('is there already, scored from the records', async () => {
    const { page } = clerk
    await openRound('/self-evaluation', async () => undefined)
    assert.match(await page.innerText('main'), /部门整体支出[\s\S]*财政投资项目评审专项/)
    await toForm()
    await page.click('[data-test=tab-4]')
    assert.match(await page.innerText('[data-test=total]'), /总分 \d+\.\d\d，/)
    await sound(page, 'a form of self-evaluation')
    await picture('self-evaluation')
  })

  it('takes words, judgements and evidence, and scores anew', async () => {
    const { page } = clerk
    const before = await page.innerText('[data-test=total]')
    for (let table = 0; table < 5; ++table) {
      await page.click(`[data-test=tab-${table}]`)
      await page.fill('[data-test=goal-result]', '全年各项工作按计划完成。')
      await page.fill('[data-test=execution-note]', '结余按规定收回')
      await spent(page, '1800')
      const rows = page.locator('[data-test=indicator]')
      for (let row = 0; row < (await rows.count()); ++row) {
        const one = rows.nth(row)
        await one.locator('[data-test=note]').fill('已核实')
        if ((await one.locator('[data-test=remark]').count()) === 0) continue
        const actual = one.locator('textarea[data-cell^=actual]')
        if (await actual.count()) await actual.fill('已完成')
        const figure = one.locator('input[data-cell^=actual]')
        if ((await figure.count()) && (await figure.inputValue()) === '') await figure.fill('96')
        const judged = one.locator('[data-test=judged]')
        if (await judged.count()) await judged.fill('95')
      }
    }
    await page.keyboard.press('Control+s')
    await kept(page)
    await page.waitForFunction((was) => document.querySelector('[data-test=total]')?.textContent.trim() !== was, before, wait)
    for (let table = 0; table < 5; ++table) {
      await page.click(`[data-test=tab-${table}]`)
      await page.locator('.whole [data-test=add-evidence]').setInputFiles({ name: '工作总结.txt', mimeType: 'text/plain', buffer: Buffer.from('总结') })
      await page.locator('.whole [data-test=evidence]').first().waitFor(wait)
    }
    await page.click('[data-test=act-submit]')
    await state(page, '待负责人签字')
    await page.click('[data-test=act-sign]')
    await state(page, '已报送')
  })

  it('is checked again; the unit’s own score stays beside it', async () => {
    const { page } = clerk
    await page.click('[data-test=tab-4]')
    await page.locator('[data-test=recheck]').first().click()
    await page.fill('[data-test=recheck-score]', '8.5')
    await page.fill('[data-test=recheck-why]', '抽查发现3个项目重复登记')
    await page.click('[data-test=save-recheck]')
    await page.locator('[data-test=rechecked]').first().waitFor(wait)
    assert.match(await page.innerText('[data-test=total]'), /复核总分 \d+\.\d\d/)
    await closed(page)
    await sound(page, 'a form that was checked again')
    await picture('recheck-raise')
    await page.locator('[data-test=rechecked] [data-test=raise-here]').click()
    await page.locator('[data-test=raise-from]').waitFor(wait)
    assert.match(await page.inputValue('[data-test=raise-text]'), /复核8\.50分：抽查发现3个项目重复登记/)
    await page.keyboard.press('Escape')
    await closed(page)
  })

  it('gives the form, the report and the evidence as files', async () => {
    const { page } = clerk
    for (const [link, ending] of [['form-docx', '.docx'], ['report', '.docx'], ['zip', '.zip']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-test=${link}]`)])
      assert.ok(file.suggestedFilename().endsWith(ending), file.suggestedFilename())
      assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK')
    }
    assert.deepEqual(grave(clerk.complaints), [])
  })

  it('is tried under another rule pack once it is accepted', async () => {
    const { page } = clerk
    await page.click('[data-test=act-accept]')
    await page.locator('.el-message-box__btns .el-button--primary').click(wait)
    await closed(page)
    await state(page, '已审核')
    await clerk.open('/self-evaluation')
    await page.locator('[data-test=try-pack]').click()
    await page.locator('[data-test=trial-pack] option').nth(1).waitFor({ ...wait, state: 'attached' })
    await page.selectOption('[data-test=trial-pack]', { index: 1 })
    await page.locator('[data-test=trial-sum]').waitFor(wait)
    assert.match(await page.innerText('[data-test=trial-sum]'), /张表中\d+张等级变化/)
    await sound(page, 'another pack tried')
    await picture('pack-trial')
    await page.keyboard.press('Escape')
    await closed(page)
  })

  it('tells next year’s target how often it would have been met', async () => {
    const { page } = clerk
    const [unit] = await ask('GET', '/units')
    const begun = await ask('POST', '/submissions', { unit: unit.id, year: 2027, from_last_year: true })
    const row = begun.tables[0].indicators.findIndex((each) => each.comparator === '>=' || each.comparator === '=')
    await clerk.open(`/submissions/${begun.submission.id}`)
    await page.locator(`[data-cell="indicators.${row}.value"]`).first().click(wait)
    await page.locator('[data-test=try-target]').click(wait)
    await page.locator('[data-test=trial-line]').waitFor(wait)
    assert.match(await page.innerText('[data-test=trial-line]'), /本单位以前1个年度的完成值里，[01]个能达到/)
    await sound(page, 'a target tried')
    await picture('target-trial')
  })

  for (const [name, size] of Object.entries(sizes)) {
    it(`stands in the yearly report, every figure with its source (${name})`, async () => {
      const leader = await person(browser, server.address, size)
      const { page } = leader
      await leader.open('/yearly-report?year=2026')
      await page.locator('[data-test="figure-self.mean"]').waitFor(wait)
      assert.match(await page.innerText('[data-test="figure-self.tables"]'), /5\s*张/)
      await page.locator('[data-test=chapter-self] figure svg').first().waitFor(wait)
      if (process.env.JIHENG_PICTURES) await page.screenshot({ path: `${process.env.JIHENG_PICTURES}/yearly-report-${name}.png`, fullPage: name === 'wide' })
      await page.locator('[data-test=chapter-self] summary').click()
      assert.match(await page.innerText('[data-test="source-self.mean"]'), /单位自评总分的简单平均/)
      await sound(page, `yearly report ${name}`)
      const [file] = await Promise.all([page.waitForEvent('download', wait), page.click('[data-test=yearly-file]')])
      assert.equal(file.suggestedFilename(), '2026年度预算绩效管理工作情况报告.docx')
      assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK')
      assert.deepEqual(grave(leader.complaints), [])
      await leader.page.context().close()
    })
  }

  it('is filed anew once it was accepted, and what was accepted stays to be read', async () => {
    const { page } = clerk
    const { items } = await ask('GET', '/follow-ups?kind=self_evaluation&year=2026&month=12')
    await clerk.open(`/follow-ups/${items[0].id}`)
    await page.locator('[data-test=indicator]').first().waitFor(wait)
    const total = (tab) => tab.innerText('[data-test=total]')
    const accepted = await total(page)
    await page.click('[data-test=act-reopen]')
    await page.locator('.el-message-box textarea').fill('执行数与决算不一致')
    await page.locator('.el-message-box__btns .el-button--primary').click(wait)
    await closed(page)
    await state(page, '已退回')
    assert.match(await page.innerText('[data-test=accepted-before]'), /退回重报：执行数与决算不一致/)
    await sound(page, 'a form to be filed anew')
    await picture('follow-up-reopened')
    const id = items[0].id
    for (const [name, size] of Object.entries(sizes)) {
      const one = await person(browser, server.address, size)
      await one.open(`/follow-ups/${id}`)
      await one.page.locator('[data-test=accepted-before] a').click(wait)
      await one.page.locator('[data-test=earlier]').waitFor(wait)
      assert.equal(await total(one.page), accepted)
      assert.equal(await one.page.locator('[data-test^=act-], [data-test=save]').count(), 0)
      await sound(one.page, `what was accepted ${name}`)
      if (process.env.JIHENG_PICTURES) await one.page.screenshot({ path: `${process.env.JIHENG_PICTURES}/follow-up-accepted-${name}.png` })
      await one.page.locator('[data-test=earlier] a').click()
      await one.page.locator('[data-test=accepted-before]').waitFor(wait)
      assert.deepEqual(grave(one.complaints), [])
      await one.context.close()
    }
  })
})
