// 重点评价 and 结果应用: a project drawn, scored by two, concluded; what follows for next year's money decided.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it as step } from 'node:test'
import { closed } from './bureau.mjs'
import { document_path, inTurn, person, sizes } from './clerk.mjs'
import { done, machine, sound, stage } from './stage.mjs'

let browser
let server
const at = stage((on) => {
  ;({ browser, server } = on)
})
const { ask, bring } = machine(at)
const it = inTurn(step)
const patience = { timeout: 45_000 }
const unit = '株洲市渌口区民政局'
const document = '民政局项目绩效目标表.html'

describe('evaluations', () => {
  it('a unit has filed what may be drawn', async () => {
    await ask('POST', '/api/v1/units/lines', { lines: [{ code: '101', name: unit }] })
    const id = await bring({ name: document, bytes: readFileSync(document_path(document)) })
    const { revision } = (await ask('GET', `/api/v1/submissions/${id}`)).submission
    await ask('POST', `/api/v1/submissions/${id}/actions`, { action: 'submit' }, { 'If-Match': `"${revision}"` })
  })

  it('a project is drawn as announced, and its evaluation planned', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    const confirm = async () => {
      await page.click('[data-test=confirm]')
      await closed(page)
    }
    await officer.open('/evaluations')
    await page.click('[data-test=show-evaluators]')
    await page.click('[data-test=add-evaluator]')
    await page.getByLabel('姓名或机构名称').fill('李教授')
    await confirm()
    await page.click('[data-test=show-draws]')
    await page.click('[data-test=seal]')
    await page.uncheck('input[type=checkbox]')
    await page.getByLabel('约定一个现在谁也不知道的公开数值').fill('双色球第2026138期开奖号码')
    await confirm()
    await page.waitForSelector('[data-test=project-draw]', patience)
    await page.click('[data-test=draw-now]')
    await page.waitForSelector('[data-test=confirm]', patience)
    await page.getByLabel('双色球第2026138期开奖号码').fill('03 07 12 19 25 31 09')
    await confirm()
    await page.waitForSelector('[data-test=project-draw] ol button', patience)
    await sound(page, 'project draw')
    await page.click('[data-test=project-draw] ol button')
    await page.waitForSelector('[data-test=sum]', patience)
    await done(officer)
  })

  it('two score, the difference is seen, and it is concluded', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    const confirm = async () => {
      await page.click('[data-test=confirm]')
      await closed(page)
    }
    await officer.open('/evaluations')
    await page.click('[data-test=evaluation] a')
    await page.click('[data-test=do-assign]')
    await page.check('#evaluation-form input[type=checkbox]')
    await confirm()
    await page.click('[data-test=do-score]')
    await page.selectOption('#evaluation-form select', { label: '李教授' })
    await confirm()
    await page.waitForFunction(() => /1/.test(document.querySelector('[data-test=sum]')?.textContent ?? ''), null, patience)
    await page.click('[data-test=do-score]')
    await page.locator('#evaluation-form .score input').last().fill('6')
    await page.locator('#evaluation-form .score input').last().press('Tab')
    await page.locator('#evaluation-form .score input').last().fill('只调查了机关，没有调查服务对象')
    await sound(page, 'evaluation scoring')
    await confirm()
    await page.click('[data-test=do-conclude]')
    await confirm()
    await page.waitForFunction(() => /98/.test(document.querySelector('[data-test=sum]')?.textContent ?? ''), null, patience)
    await sound(page, 'evaluation')
    const [report] = await Promise.all([page.waitForEvent('download', patience), page.click('[data-test=report]')])
    assert.match(report.suggestedFilename(), /\.docx$/)
    await done(officer)
  })

  for (const [name, size] of Object.entries(sizes)) {
    it(`the results ask for money, and the leader decides (${name})`, async () => {
      const leader = await person(browser, server.address, size)
      const { page } = leader
      await leader.open('/evaluations')
      await page.waitForSelector('[data-test=evaluation]', patience)
      await sound(page, `evaluations ${name}`)
      await leader.open('/results')
      await page.waitForSelector('[data-test=result]', patience)
      await page.click('[data-test=decide]')
      await page.waitForSelector('[data-test=decide-now]', patience)
      await page.fill('[data-test=why]', '按评价结果')
      await page.click('[data-test=decide-now]')
      await closed(page)
      await sound(page, `results ${name}`)
      await page.click('[data-test=ranking]')
      await sound(page, `ranking ${name}`)
      await done(leader)
    })
  }
})
