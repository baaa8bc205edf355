// 问题整改: raised by the section, answered by the unit with evidence, checked, closed by another on a document.
import assert from 'node:assert/strict'
import { describe, it as step } from 'node:test'
import { closed } from './bureau.mjs'
import { inTurn, person, sizes } from './clerk.mjs'
import { done, machine, sound, stage } from './stage.mjs'

let browser
let server
const at = stage((on) => {
  ;({ browser, server } = on)
})
const { ask } = machine(at)
const it = inTurn(step)
const patience = { timeout: 30_000 }

describe('problems', () => {
  it('two units are known', async () => {
    await ask('POST', '/api/v1/units/lines', { lines: [{ code: '100', name: '株洲市渌口区财政局' }, { code: '101', name: '株洲市渌口区教育局' }] })
  })

  it('a problem is raised on the page and says by when', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open('/problems')
    await page.waitForSelector('[data-test=raise]', patience)
    await page.click('[data-test=raise]')
    await page.waitForSelector('[data-test=raise-kind] option', { ...patience, state: 'attached' })
    await page.selectOption('[data-test=raise-unit]', { label: '株洲市渌口区教育局' })
    await page.fill('[data-test=raise-text]', '培训费超出预算，没有调整手续')
    await page.fill('[data-test=raise-action]', '补办预算调整手续，退回超支部分')
    await sound(page, 'problem raising')
    await page.click('[data-test=raise-now]')
    await page.waitForSelector('[data-test=problem-text]', patience)
    assert.match(await page.innerText('[data-test=due]'), /还有 15 个工作日/)
    await sound(page, 'problem')
    await done(officer)
  })

  it('it is answered, checked and closed on a document; a statement alone does not do', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open('/problems')
    await page.click('[data-test=problem] a >> nth=0')
    await page.waitForSelector('[data-test=do-reply]', patience)
    const does = async (action, text) => {
      await page.click(`[data-test=do-${action}]`)
      await page.waitForSelector('[data-test=text]', patience)
      await page.fill('[data-test=text]', text)
      await page.click('[data-test=confirm]')
      await closed(page)
    }
    await does('reply', '已补办手续')
    await page.waitForSelector('[data-test=do-check]', patience)
    await does('check', '手续齐全')
    await page.waitForSelector('[data-test=do-close]', patience)
    await page.click('[data-test=do-close]')
    await page.waitForSelector('[data-test=confirm]', patience)
    await page.click('[data-test=confirm]')
    await page.waitForSelector('.el-dialog [role=alert]', patience)
    assert.match(await page.innerText('.el-dialog [role=alert]'), /没有这份材料/)
    await sound(page, 'problem closing')
    await page.keyboard.press('Escape')
    await closed(page)
    await page.selectOption('[data-test=evidence-kind]', '会计凭证')
    await page.setInputFiles('[data-test=evidence-file]', { name: '记账凭证.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
    await page.waitForSelector('.files .tag', patience)
    await does('close', '同意')
    await page.waitForFunction(() => document.querySelector('[data-test=state]')?.textContent === '已销号', null, patience)
    assert.match(await page.innerText('[data-test=closed-on]'), /记账凭证\.pdf/)
    const [sheet] = await Promise.all([page.waitForEvent('download', patience), page.click('[data-test=closing-docx]')])
    assert.match(sheet.suggestedFilename(), /销号审批单\.docx/)
    await sound(page, 'problem closed')
    await done(officer)
  })

  for (const [name, size] of Object.entries(sizes)) {
    it(`the list and the units are readable (${name})`, async () => {
      const officer = await person(browser, server.address, size)
      const { page } = officer
      await officer.open('/problems')
      await page.waitForSelector('[data-test=problem]', patience)
      await sound(page, `problems ${name}`)
      await page.click('[data-test=show-board]')
      await page.waitForSelector('[data-test=board] tbody tr', patience)
      await sound(page, `problems board ${name}`)
      await done(officer)
    })
  }
})
