// What the journeys need: a server of their own, a browser that reports every complaint, and axe.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const require = createRequire(join(here, '../../web/package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const sizes = { wide: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } }
export const document_path = (name) => join(here, 'documents', name)
const program = process.env.JIHENG_PROGRAM ?? '--stand-in'
export const stand_in = program === '--stand-in'

/** Where it listens, and the link of the first start as long as nobody has an account. */
function addressFrom(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (bytes) => {
      said += bytes
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found && (stand_in || said.includes('Ctrl-C'))) resolve({ address: found[0], setup: /\/setup\?link=\S+/.exec(said)?.[0] ?? null })
    }
    child.stderr.on('data', listen)
    child.stdout.on('data', listen)
    child.on('error', reject)
    child.on('exit', (status) => reject(new Error(`the server ended with ${status}: ${said}`)))
    setTimeout(() => reject(new Error(`no address within 30 s: ${said}`)), 30_000).unref()
  })
}
function finished(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (bytes) => (said += bytes))
    child.on('error', reject)
    child.on('exit', (status) => (status === 0 ? resolve() : reject(new Error(`status ${status}: ${said}`))))
  })
}

/** A server on a free port with a database of its own, with the sample bureau or empty. */
export async function startServer({ sample }) {
  const folder = mkdtempSync(join(tmpdir(), 'jiheng-browser-'))
  let child
  if (stand_in) {
    child = spawn(process.execPath, [join(here, '../../web/dev/mock_server.mjs'), '0', ...(sample ? [] : ['--empty'])])
  } else {
    const store = ['--db', `sqlite:${join(folder, 'jiheng.db')}`, '--data', folder]
    if (sample) await finished(spawn(program, ['demo', ...store]))
    child = spawn(program, ['serve', ...store, '--listen', '127.0.0.1:0'])
  }
  return {
    ...(await addressFrom(child)),
    stop: async () => {
      const gone = new Promise((resolve) => child.on('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function startBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A person at a screen. `complaints` collects whatever the console says; expected ones are taken out by the journey. */
export async function person(browser, address, size = sizes.wide) {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  const complaints = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(`${message.text()} (${message.location().url})`))
  page.on('pageerror', (error) => complaints.push(String(error)))
  const open = async (path) => page.goto(address + path)
  return { context, page, complaints, open, close: () => context.close() }
}

/** Somebody at a computer of his own, whose browser keeps what it keeps; `kill` ends it as a power cut does. */
export async function screens(profile, address, size = sizes.wide) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-session-crashed-bubble'],
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(45_000)
  const complaints = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(`${message.text()} (${message.location().url})`))
  page.on('pageerror', (error) => complaints.push(String(error)))
  const kill = async () => {
    const session = await context.newCDPSession(page)
    const gone = new Promise((resolve) => context.once('close', resolve))
    session.send('Browser.crash').catch(() => undefined)
    await gone
  }
  return { context, page, complaints, open: (path) => page.goto(address + path), kill, close: () => context.close() }
}

/** What an authenticator shows (RFC 6238). A code is good once: asked again within its half minute it is the next one's, which the program takes, too. */
const used_steps = new Map()
export async function codeOf(secret) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((eight) => parseInt(eight, 2)))
  const step = Math.max(Math.floor(Date.now() / 30_000), (used_steps.get(secret) ?? 0) + 1)
  used_steps.set(secret, step)
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, (step - 1) * 30_000 + 500 - Date.now())))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', key).update(counter).digest()
  const at = hash[19] & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Drops files anywhere on the page, as a file manager does. */
export async function drop(page, files) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const { name, bytes } of list) data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], name))
    return data
  }, files.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes).toString('base64') })))
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer: transfer })
}

/** Puts text on the clipboard as Excel would, and pastes it where the keyboard is. */
export async function paste(page, text) {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await page.keyboard.press('Control+V')
}

export async function graveFaults(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).slice(0, 4).join(' | ')}`)
}

/** How far the page sticks out sideways, in pixels. */
export const overhang = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Steps that go on from where the one before ended: after the first that fails there is nothing to learn from the others. */
export function inTurn(step) {
  let broken = false
  return (title, run) =>
    step(title, async (t) => {
      if (broken) return t.skip('an earlier one failed')
      broken = true
      await run(t)
      broken = false
    })
}
/** Nothing sticks out sideways, and axe finds no grave fault. */
export async function sound(page, what) {
  // A message that fades out is pale for a moment; that is no fault of the page.
  await page.waitForFunction(() => document.querySelectorAll('.el-message').length === 0, null, { timeout: 10_000 }).catch(() => undefined)
  await page.waitForTimeout(350)
  assert.ok((await overhang(page)) <= 0, `${what} sticks out sideways`)
  assert.deepEqual(await graveFaults(page), [], what)
}
