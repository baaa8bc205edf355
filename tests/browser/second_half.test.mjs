// The second half of the year, each at a screen of his own: who fills in, who signs, who checks, who looks on; and what each is not offered.
import assert from 'node:assert/strict'
import { describe, it as step } from 'node:test'
import { bureau, closed, people as staff, table } from './bureau.mjs'
import { inTurn, sizes } from './clerk.mjs'
import { raiseOffice } from './office.mjs'
import { done, picture, sound, stage } from './stage.mjs'

const people = {
  ...staff,
  'jx.qian': ['钱主任', [['performance_head', null]]],
  'mz.wu': ['吴经办', [['unit_clerk', '株洲市渌口区民政局']]],
}
const unit = '株洲市渌口区教育局'
const wait = { timeout: 30_000 }
let browser
let server
let office
let api
stage(async (at) => {
  ;({ browser, server } = at)
  office = bureau(browser, server)
  api = await raiseOffice(server, people)
  await api.call('jx.zhao', 'PUT', '/years/2026', { opens: '2026-01-05', work_days: 20, notice: null, exempt: [], closed: false })
  const id = await api.bring('jy.zhang', table(unit, (text) => text.replace('<\t0', '=\t0')))
  await api.act('jy.zhang', id, 'submit')
  for (const login of ['jy.zhou', 'jkw.liu', 'jx.zhao', 'ju.sun']) await api.act(login, id, 'approve', '同意')
})
const it = inTurn(step)

const actions = async (page) => (await page.locator('[data-test^=act-]').evaluateAll((all) => all.map((one) => one.dataset.test))).toSorted()
const state = (page, words) => page.waitForFunction((wanted) => document.querySelector('[data-test=state]')?.textContent.trim() === wanted, words, wait)
async function at(login, path, size = sizes.wide) {
  const one = await office.enter(login, size)
  await one.open(path)
  return one
}
async function openRound(page, month) {
  await page.click('[data-test=open-round]')
  await page.fill('[data-test=year]', '2026')
  if (month) await page.fill('[data-test=month]', month)
  await page.fill('[data-test=opens]', month ? '2026-08-03' : '2027-02-01')
  await page.click('[data-test=save-round]')
  await page.locator('[data-test=form]').first().waitFor(wait)
  await closed(page)
}
/** To the unit's form, from the page of all. */
async function toForm(page) {
  await page.locator('[data-test=form]').first().click(wait)
  await page.locator('[data-test=indicator]').first().waitFor(wait)
}
async function confirm(page, words) {
  const box = page.locator('.el-message-box__input textarea, .el-message-box__input input')
  await page.locator('.el-message-box__btns .el-button--primary').waitFor(wait)
  if (words && (await box.count())) await box.first().fill(words)
  await page.locator('.el-message-box__btns .el-button--primary').click()
  await closed(page)
}
/** What the clerk knows: an actual for each indicator, from the first to the last. */
async function fill(page, actuals, note) {
  const rows = page.locator('[data-test=indicator]')
  for (const [row, actual] of actuals.entries()) {
    const one = rows.nth(row)
    await one.locator('[data-cell^=actual]').fill(actual)
    await one.locator('[data-test=note]').fill(note)
    const likelihood = one.locator('[data-test=likelihood]')
    if ((await likelihood.count()) && (await likelihood.inputValue()) === '') await likelihood.selectOption('有可能')
  }
}
async function keep(page) {
  await page.keyboard.press('Control+s')
  await page.waitForFunction(() => document.querySelector('[data-test=kept]')?.textContent === '已保存', null, wait)
}
async function bringEvidence(page, name) {
  await page.locator('.whole [data-test=add-evidence]').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
  await page.locator('.whole [data-test=evidence]').first().waitFor(wait)
}

describe('monitoring, by all who take part in it', () => {
  it('the head of the performance section lays a round before the units', async () => {
    const head = await at('jx.qian', '/monitoring')
    await openRound(head.page, '7')
    assert.match(await head.page.innerText('main'), /教育局/)
    await done(head)
  })

  it('the clerk finds his own form, fills it in and hands it to his head; another unit’s clerk sees none', async () => {
    const other = await at('mz.wu', '/monitoring')
    await other.page.waitForSelector('main h1, main h2', wait)
    assert.doesNotMatch(await other.page.innerText('main'), /教育局/)
    await done(other)
    const clerk = await at('jy.zhang', '/monitoring')
    const { page } = clerk
    assert.equal(await page.locator('[data-test=open-round]').count(), 0)
    await toForm(page)
    await page.fill('[data-test=executed]', '210')
    await page.fill('[data-test=execution-note]', '校舍改造款按进度支付')
    await fill(page, ['600', '3', '0', '10', '98.5', '92'], '工期受汛期影响，9月起加快')
    await keep(page)
    await bringEvidence(page, '进度表.pdf')
    await sound(page, 'second half clerk')
    await page.click('[data-test=act-submit]')
    await state(page, '待负责人签字')
    assert.deepEqual(await actions(page), ['act-withdraw'], 'who filled it in does not sign it')
    await done(clerk)
  })

  it('the unit’s head is told, reads it and signs; the red light is there', async () => {
    const head = await at('jy.zhou', '/monitoring')
    const { page } = head
    await toForm(page)
    assert.equal(await page.locator('[data-test=executed]').count(), 0, 'he does not write in it')
    assert.deepEqual(await actions(page), ['act-return', 'act-sign'])
    await sound(page, 'second half head')
    await page.click('[data-test=act-sign]')
    await state(page, '已报送')
    await page.locator('[data-test=alarm]').first().waitFor(wait)
    await done(head)
  })

  it('the section in charge may check it as the performance section may; the leader looks on', async () => {
    for (const [login, what, may] of [['jkw.liu', 'section', ['act-accept', 'act-return']], ['ju.sun', 'leader', []]]) {
      const one = await at(login, '/monitoring')
      const { page } = one
      await page.locator('.cells [data-light=red]').first().waitFor(wait)
      await sound(page, `second half ${what}`)
      await toForm(page)
      assert.deepEqual(await actions(page), may, login)
      await done(one)
    }
  })

  it('the unit answers its red light, on a telephone', async () => {
    const clerk = await at('jy.zhang', '/monitoring', sizes.phone)
    const { page } = clerk
    await toForm(page)
    const alarm = page.locator('[data-test=alarm]').first()
    await alarm.locator('[data-test=open-alarm]').click()
    await alarm.locator('[data-test=alarm-words]').fill('调整施工顺序，10月底前完工')
    await sound(page, 'second half answer')
    await alarm.locator('[data-test=answer]').click()
    await page.locator('[data-test=alarm]', { hasText: '已答复' }).first().waitFor(wait)
    await done(clerk)
  })

  it('the performance section closes it, accepts the form, and raises a problem from it', async () => {
    const officer = await at('jx.zhao', '/monitoring')
    const { page } = officer
    await toForm(page)
    await page.locator('[data-test=alarm]', { hasText: '已答复' }).first().locator('[data-test=open-alarm]').click()
    await page.locator('[data-test=answer]').click()
    await page.locator('[data-test=alarm]', { hasText: '已解除' }).first().waitFor(wait)
    await page.click('[data-test=act-accept]')
    await confirm(page)
    await state(page, '已审核')
    await page.locator('[data-test=alarm] [data-test=raise-here]').first().click()
    await page.locator('[data-test=raise-from]').waitFor(wait)
    await page.fill('[data-test=raise-action]', '10月底前完成全部改造')
    await page.click('[data-test=raise-now]')
    await page.locator('[data-test=problem-text]').waitFor(wait)
    await closed(page)
    await done(officer)
  })
})

describe('a problem, by all who take part in it', () => {
  const open = async (login, size) => {
    const one = await at(login, '/problems', size)
    await one.page.locator('[data-test=problem] a').first().click(wait)
    await one.page.locator('[data-test=problem-text]').waitFor(wait)
    return one
  }
  const does = async (page, action, text) => {
    await page.click(`[data-test=do-${action}]`)
    await page.fill('[data-test=text]', text, wait)
    await page.click('[data-test=confirm]')
    await closed(page)
  }
  const offered = async (page) => (await page.locator('[data-test^=do-]').evaluateAll((all) => all.map((one) => one.dataset.test))).toSorted()

  it('the unit answers with its evidence', async () => {
    const clerk = await open('jy.zhang')
    const { page } = clerk
    assert.ok(!(await offered(page)).includes('do-check'))
    await page.selectOption('[data-test=evidence-kind]', '验收资料')
    await page.setInputFiles('[data-test=evidence-file]', { name: '验收单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
    await page.waitForSelector('.files .tag', wait)
    await does(page, 'reply', '12所学校全部完工')
    await sound(page, 'second half reply')
    await done(clerk)
  })

  it('who raised it checks the answer and cannot close it', async () => {
    const officer = await open('jx.zhao')
    await does(officer.page, 'check', '资料齐全')
    await officer.page.waitForFunction(() => !document.querySelector('[data-test=do-check]'), null, wait)
    assert.ok(!(await offered(officer.page)).includes('do-close'))
    await done(officer)
  })

  it('the head of the section closes it on the document', async () => {
    const head = await open('jx.qian')
    await does(head.page, 'close', '同意销号')
    await state(head.page, '已销号')
    await done(head)
  })
})

describe('self-evaluation, by all who take part in it', () => {
  it('the clerk finds it scored, says what is missing; the head signs, the section accepts', async () => {
    const chief = await at('jx.qian', '/self-evaluation')
    await openRound(chief.page)
    await done(chief)
    const clerk = await at('jy.zhang', '/self-evaluation')
    const { page } = clerk
    await toForm(page)
    await page.fill('[data-test=goal-result]', '12所学校改造完成，全部投入使用。')
    await page.fill('[data-test=executed]', '580')
    await page.fill('[data-test=execution-note]', '质保金次年支付')
    await fill(page, ['580', '12', '0', '10', '98.6', '93'], '按计划完成')
    await keep(page)
    await bringEvidence(page, '竣工验收报告.pdf')
    assert.match(await page.innerText('[data-test=total]'), /总分 \d+\.\d\d/)
    await page.click('[data-test=act-submit]')
    await state(page, '待负责人签字')
    await done(clerk)
    const head = await at('jy.zhou', '/self-evaluation')
    await toForm(head.page)
    await head.page.click('[data-test=act-sign]')
    await state(head.page, '已报送')
    await done(head)
    const officer = await at('jx.zhao', '/self-evaluation')
    await toForm(officer.page)
    await sound(officer.page, 'second half officer')
    await officer.page.click('[data-test=act-accept]')
    await confirm(officer.page)
    await state(officer.page, '已审核')
    await done(officer)
  })

  it('the leader reads the year', async () => {
    for (const [name, size] of Object.entries(sizes)) {
      const leader = await at('ju.sun', '/yearly-report', size)
      const { page } = leader
      await page.waitForFunction(() => /绩效自评/.test(document.querySelector('main')?.innerText ?? ''), null, wait)
      await picture(page, `second-half-year-${name}`)
      await done(leader)
    }
  })
})
