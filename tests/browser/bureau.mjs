// A bureau in the making: what its people do on the pages, for the journeys and for the manual's pictures.
import { readFileSync } from 'node:fs'
import { codeOf, document_path, drop, person, sizes } from './clerk.mjs'

export const password = 'Lukou-shi-2026'
export const administrators = { system: ['xitong', '陈系统'], security: ['anquan', '李安全'], audit: ['shenji', '王审计'] }
export const staff = {
  clerk: ['jy.zhang', '张经办', [['unit_clerk', '株洲市渌口区教育局']]],
  head: ['jy.zhou', '周局长', [['unit_head', '株洲市渌口区教育局']]],
  section: ['jkw.liu', '刘股长', [['section_officer', '教科文股']]],
  performance: ['jx.zhao', '赵绩效', [['performance_officer', null]]],
  leader: ['ju.sun', '孙副局长', [['bureau_leader', null]]],
}
/** As raiseOffice() wants them. */
export const people = Object.fromEntries(Object.values(staff).map(([login, name, posts]) => [login, [name, posts]]))
export const unit_lines = [
  ['编码', '名称', '别名', '主管部门', '业务股室', '涉密'],
  ['101', '株洲市渌口区教育局', '区教育局、渌口教育局', '', '教科文股', '否'],
  ['10101', '渌口区第一实验学校', '', '101', '教科文股', '否'],
  ['102', '株洲市渌口区民政局', '区民政局', '', '社会保障股', '否'],
  ['103', '株洲市渌口区公安局', '', '', '行政财务股', '是'],
  ['104', '株洲市渌口区水利局', '', '', '农业农村股', '否'],
]
const sheet = (lines) => lines.map((line) => line.join('\t')).join('\n')
export const table = (unit, more = (text) => text) => ({ name: `${unit}2026年绩效目标表.txt`, bytes: Buffer.from(more(readFileSync(document_path('教育局2026年绩效目标表.txt'), 'utf8').replaceAll('株洲市渌口区教育局', unit))) })
/** Until the last dialog has faded out. */
export const closed = (page) => page.waitForFunction(() => [...document.querySelectorAll('.el-overlay')].every((one) => getComputedStyle(one).display === 'none'))
export const line_of = (page, name) => page.locator('[data-test=person-line]', { hasText: name })

/** Answers with their status are the browser's to report; what the journeys provoke is no complaint. */
export const grave = (complaints) => complaints.filter((text) => !/status of (401|403|409|410|412|422|429|503)/.test(text))

export function bureau(browser, server) {
  /** second factors, by login */
  const secrets = {}

  async function setUp(page) {
    await page.fill('[data-test=bureau-code]', '100')
    await page.fill('[data-test=bureau]', '株洲市渌口区财政局')
    for (const [post, [login, name]] of Object.entries(administrators)) {
      await page.fill(`[data-test=${post}-login]`, login)
      await page.fill(`[data-test=${post}-name]`, name)
    }
    await page.click('[data-test=set-up]')
    await page.waitForSelector('[data-test=setup-done]')
    const links = {}
    for (const post of Object.keys(administrators)) links[post] = await page.inputValue(`[data-test=link-${post}] [data-test=secret]`)
    return links
  }
  /** Opens a one-time link as its owner would, and chooses the password. */
  async function welcome(page, link) {
    await page.goto(link)
    await page.fill('[data-test=password]', password)
    await page.fill('[data-test=again]', password)
    await page.click('[data-test=choose]')
    await page.waitForSelector('[data-test=welcome-done]')
  }
  async function logIn(one, login) {
    const { page } = one
    if (!new URL(page.url(), 'http://x').pathname.startsWith('/login')) await one.open('/login')
    await page.fill('[data-test=login]', login)
    await page.fill('[data-test=password]', password)
    await page.click('[data-test=log-in]')
    if (secrets[login]) {
      await page.waitForSelector('[data-test=code]')
      await page.fill('[data-test=code]', await codeOf(secrets[login]))
      await page.click('[data-test=log-in]')
    }
    await page.waitForSelector('[data-test=person]')
  }
  async function bind(page, login) {
    await page.waitForSelector('[data-test=factor-secret]')
    secrets[login] = (await page.innerText('[data-test=factor-secret]')).replace(/\s/g, '')
    await page.fill('[data-test=factor-code]', await codeOf(secrets[login]))
    await page.click('[data-test=keep-factor]')
    await page.waitForSelector('[data-test=must]', { state: 'detached' })
  }
  /** Somebody at a screen of his own, logged in. */
  async function enter(login, size = sizes.wide) {
    const one = await person(browser, server.address, size)
    await logIn(one, login)
    return one
  }
  async function pasteUnits(page, lines = unit_lines) {
    await page.click('[data-test=paste-units]')
    await page.fill('[data-test=paste-box]', sheet(lines))
  }
  async function addPerson(page, login, name) {
    await page.click('[data-test=add-person]')
    await page.fill('[data-test=person-name]', name)
    await page.fill('[data-test=person-login]', login)
    await page.click('[data-test=save-person]')
    const link = await page.locator('.el-dialog:visible [data-test=secret]').inputValue()
    await page.click('[data-test=close-link]')
    await closed(page)
    return link
  }
  async function fillPosts(page, name, posts) {
    await line_of(page, name).locator('[data-test=posts]').click()
    await page.locator('[data-test=post]').first().waitFor()
    for (const [i, [role, place]] of posts.entries()) {
      if (i >= (await page.locator('[data-test=post]').count())) await page.click('[data-test=add-post]')
      const line = page.locator('[data-test=post]').nth(i)
      await line.locator('[data-test=post-role]').selectOption(role)
      if (!place) continue
      await line.locator('[role=combobox]').fill(place)
      await line.locator('[role=option]').first().waitFor()
      await page.keyboard.press('Enter')
    }
  }
  async function appoint(page, name, posts) {
    await fillPosts(page, name, posts)
    await page.click('[data-test=save-posts]')
    await closed(page)
  }
  async function file(page, document) {
    await drop(page, [document])
    await page.waitForFunction(() => /导入完成/.test(document.querySelector('[data-test=import] .headline')?.textContent ?? ''))
  }
  /** Presses the button of the action and answers what it asks. */
  async function act(page, action, words) {
    await page.click(`[data-test=${action}]`)
    await page.waitForSelector('[data-test=confirm]')
    if (words) await page.fill('[data-test=opinion]', words)
    await page.click('[data-test=confirm]')
    await closed(page)
    await page.waitForSelector('.el-message--success')
  }
  async function openFirst(one) {
    await one.open('/')
    await one.page.locator('[data-test=submission] a').first().click()
    await one.page.waitForSelector('.form')
  }
  return { secrets, setUp, welcome, logIn, bind, enter, pasteUnits, addPerson, fillPosts, appoint, file, act, openFirst }
}
