// Sealed forms held beside the record, and lists taken away as files.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, it as step } from 'node:test'
import { table } from './bureau.mjs'
import { document_path, inTurn, person, sizes } from './clerk.mjs'
import { done, machine, sound, stage } from './stage.mjs'

const unit = '株洲市渌口区教育局'
let browser
let server
let submission
const at = stage((on) => {
  ;({ browser, server } = on)
})
const { ask, bring } = machine(at)
let it = inTurn(step)
const reads_scans = (() => {
  try {
    return /chi_sim/.test(execFileSync('tesseract', ['--list-langs'], { encoding: 'utf8' }))
  } catch {
    return false
  }
})()

describe('a sealed form', () => {
  it('is asked for beside the submission', async () => {
    await ask('POST', '/api/v1/units/lines', { lines: [{ code: '100', name: '株洲市渌口区财政局' }, { code: '101', name: unit, section: '教科文股', classified: false }] })
    await ask('PUT', '/api/v1/years/2026', { opens: '2026-01-05', work_days: 20, notice: null, exempt: [], closed: false })
    submission = await bring(table(unit))
    const clerk = await person(browser, server.address)
    await clerk.open(`/submissions/${submission}`)
    await clerk.page.click('[data-test=open-sealed]')
    await clerk.page.waitForSelector('[data-test=sealed-panel] >> text=还没有上传盖章件')
    await sound(clerk.page, 'no sealed form yet')
    await done(clerk)
  })

  it('that says what is on record is told to be the same, another to differ and where', async () => {
    const clerk = await person(browser, server.address)
    const { page } = clerk
    const printed = Buffer.from(await (await fetch(`${server.address}/api/v1/submissions/${submission}/export?what=form&to=docx`)).arrayBuffer())
    await clerk.open(`/submissions/${submission}`)
    await page.click('[data-test=open-sealed]')
    await page.setInputFiles('[data-test=sealed-file]', { name: '盖章件.docx', mimeType: 'application/octet-stream', buffer: printed })
    await page.waitForSelector('[data-test=sealed-1] >> text=一致')
    assert.match(await page.innerText('[data-test=sealed-1]'), /版本码相符/)
    const other = table(unit, (text) => text.replace('≥\t98', '≥\t88'))
    await page.setInputFiles('[data-test=sealed-file]', { name: '改过的.txt', mimeType: 'text/plain', buffer: Buffer.from(other.bytes) })
    await page.waitForSelector('[data-test=sealed-2] >> text=1处不一致')
    const told = await page.innerText('[data-test=sealed-2]')
    assert.match(told, /≥98%/)
    assert.match(told, /≥88%/)
    assert.match(told, /第\d+行/)
    await sound(page, 'sealed form differs')
    await done(clerk)
  })

  it('as a scan is recognised; what could not be read for certain is said to be so', async (t) => {
    if (!reads_scans) return t.skip('no recognition on this machine')
    const clerk = await person(browser, server.address)
    const { page } = clerk
    await clerk.open(`/submissions/${submission}`)
    await page.click('[data-test=open-sealed]')
    await page.setInputFiles('[data-test=sealed-file]', { name: '教育局盖章扫描件.png', mimeType: 'image/png', buffer: readFileSync(document_path('教育局盖章扫描件.png')) })
    await page.waitForSelector('[data-test=sealed-3]', { timeout: 120_000 })
    const told = await page.innerText('[data-test=sealed-3]')
    assert.match(told, /文字识别/)
    assert.doesNotMatch(told, /处不一致/, 'nothing was changed on the paper')
    await sound(page, 'sealed scan')
    await done(clerk)
  })

  it('is to be seen on a telephone, too', async () => {
    const clerk = await person(browser, server.address, sizes.phone)
    await clerk.open(`/submissions/${submission}`)
    await clerk.page.click('[data-test=open-findings]')
    await clerk.page.click('[data-test=open-sealed]')
    await clerk.page.waitForSelector('[data-test=sealed-1]')
    await sound(clerk.page, 'sealed form on a telephone')
    await done(clerk)
  })
})

describe('lists', () => {
  it = inTurn(step)
  it('are taken away as Excel and CSV from every page that has one', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    for (const [path, name] of [['/', '绩效目标'], ['/wall', '2026年绩效目标申报进度'], ['/units', '单位清单'], ['/overview', '2026年各股室申报情况'], ['/journal', '操作日志']]) {
      await officer.open(path)
      const button = page.locator('[data-test=export-list]').first()
      await button.waitFor()
      const [sheet] = await Promise.all([page.waitForEvent('download'), button.click()])
      assert.equal(sheet.suggestedFilename(), `${name}.xlsx`)
      const [text] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export-csv]').first().click()])
      assert.equal(text.suggestedFilename(), `${name}.csv`)
      const csv = readFileSync(await text.path(), 'utf8')
      assert.equal(csv.charCodeAt(0), 0xfeff, path)
    }
    await officer.open('/units')
    await page.waitForSelector('[data-test=export-list]')
    await sound(page, 'units with export')
    await page.fill('input[type=search]', '教育')
    const [found] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export-csv]').first().click()])
    const lines = readFileSync(await found.path(), 'utf8').trim().split('\r\n')
    assert.equal(lines.length, 2, 'just what is looked for')
    assert.match(lines[1], /教育局/)
    await done(officer)
  })

  it('of units come in again as the Excel file that went out, or any that names its columns', async () => {
    const officer = await person(browser, server.address)
    const { page } = officer
    await officer.open('/units')
    const [sheet] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export-list]').first().click()])
    await page.click('[data-test=paste-units]')
    await page.setInputFiles('[data-test=sheet-file]', { name: '单位清单.xlsx', mimeType: 'application/octet-stream', buffer: readFileSync(await sheet.path()) })
    await page.waitForSelector('[data-test=paste-read]')
    await sound(page, 'units out of a sheet')
    await page.click('[data-test=take-units]')
    await page.waitForSelector('.el-message--success')
    await page.click('[data-test=paste-units]')
    await page.setInputFiles('[data-test=sheet-file]', { name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from('单位编码,单位名称,涉密\n102,株洲市渌口区民政局,否\n102,又一个,也许\n') })
    await page.waitForSelector('[data-test=paste-troubles]')
    assert.ok(await page.isDisabled('[data-test=take-units]'), 'a bad row and nothing is taken')
    await done(officer)
  })

  it('fit a telephone', async () => {
    const officer = await person(browser, server.address, sizes.phone)
    for (const path of ['/', '/wall', '/units', '/overview', '/journal', '/publication']) {
      await officer.open(path)
      await officer.page.waitForTimeout(400)
      await sound(officer.page, `list ${path.slice(1) || 'submissions'} on a telephone`)
    }
    await done(officer)
  })
})
