// 部门整体支出绩效评价指标表: under a pack that has it, the self-evaluation asks for the basic figures, works out rates and points, and is filed with
// every row scored.
import assert from 'node:assert/strict'
import { describe, it as step } from 'node:test'
import { inTurn, person, sizes } from './clerk.mjs'
import { done, machine, sound, stage } from './stage.mjs'

let browser
let server
const at = stage((on) => {
  ;({ browser, server } = on)
})
const { ask, bring } = machine(at)
const it = inTurn(step)
const patience = { timeout: 30_000 }
const table = `2025年部门整体支出绩效目标表
填报单位：株洲市渌口区民政局
金额单位：万元
年度履职目标\t保障机构运转，办好为民实事。
资金总额\t1922.76
基本支出\t1000
项目支出\t922.76
一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t度量单位
产出指标\t数量指标\t办结事项\t≥\t30\t件
效益指标\t社会效益指标\t服务村数\t≥\t3\t个
满意度指标\t服务对象满意度指标\t群众满意度\t≥\t90\t%
`
let form

describe('the table of a whole department', () => {
  it('stands in the self-evaluation of a year whose pack has it', async () => {
    await ask('POST', '/api/v1/units/lines', { lines: [{ code: '100', name: '株洲市渌口区民政局' }] })
    await ask('PUT', '/api/v1/years/2025', { opens: '2025-03-03', work_days: 20, notice: null, exempt: [], closed: false, pack: 'hunan-2015' })
    const submission = await bring({ name: '民政局2025.txt', bytes: table })
    await ask('POST', `/api/v1/submissions/${submission}/actions`, { action: 'submit' }, { 'If-Match': '"1"' })
    await ask('POST', `/api/v1/submissions/${submission}/actions`, { action: 'approve' }, { 'If-Match': '"2"' })
    await ask('PUT', '/api/v1/follow-up-rounds', { kind: 'self_evaluation', year: 2025, month: 12, opens: '2026-02-02', work_days: 20, notice: '' })
    form = (await ask('GET', '/api/v1/follow-ups?kind=self_evaluation&year=2025&month=12')).items[0].id
  })

  it('takes basic figures from Excel, and works out rates and points', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open(`/follow-ups/${form}`)
    await page.waitForSelector('[data-test=department]', patience)
    await page.fill('[data-test=budget]', '2690.62')
    await page.fill('[data-test=executed]', '2650')
    const block = '在职人员数\t136\n编制数\t143\n本年三公经费\t28\n上年三公经费\t32\n上年结转\t19.8\n年末结余\t19.8\n本年追加\t767.86\n实际建设面积\t0\n批准建设面积\t0\n实际投资\t0\n批准投资\t0\n'
    await page.evaluate((text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      document.querySelector('[data-test=figure-在职人员数]').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, block)
    for (const [item, points] of [['公用经费控制率', 8], ['三公经费控制率', 7], ['政府采购执行率', 6], ['管理制度健全性', 7], ['资金使用合规性', 6], ['预决算信息公开性', 5], ['重点工作实际完成率', 8], ['履职效益、行政效能、服务对象满意度', 20]]) await page.fill(`[data-test="points-${item}"]`, String(points))
    await page.fill('[aria-label=管理制度健全性扣分原因]', '内控手册没有更新')
    await page.fill('[aria-label=履职效益、行政效能、服务对象满意度扣分原因]', '一个村未通公交')
    await page.keyboard.press('Control+s')
    // 5 + 5 + 5 + 0 + 5 + 5 out of figures, 67 of 70 judged.
    await page.waitForFunction(() => document.querySelector('[data-test=department-total]')?.textContent.includes('92.00'), undefined, patience)
    assert.match(await page.innerText('[data-test=department]'), /95\.10%/)
    assert.match(await page.innerText('[data-test=department]'), /39\.94%/)
    await page.locator('[data-test=department]').scrollIntoViewIfNeeded()
    await sound(page, 'department table', false)
    const file = await fetch(`${server.address}${await page.getAttribute('[data-test=department-xlsx]', 'href')}`)
    assert.equal(file.status, 200)
    await done(officer)
  })

  it('fits a telephone', async () => {
    const phone = await person(browser, server.address, sizes.phone)
    await phone.open(`/follow-ups/${form}`)
    await phone.page.waitForSelector('[data-test=department]', patience)
    await sound(phone.page, 'department table phone')
    await done(phone)
  })
})
