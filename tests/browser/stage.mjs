// What a file of journeys begins with: a browser, a server without the sample, and how each page and each visit ends.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { grave } from './bureau.mjs'
import { sound as isSound, startBrowser, startServer } from './clerk.mjs'

const pictures = process.env.JIHENG_PICTURES

/** Filled once the journeys begin; `prepare` runs when both are there. */
export function stage(prepare = () => undefined) {
  const at = { browser: null, server: null }
  before(async () => {
    at.browser = await startBrowser()
    at.server = await startServer({ sample: false })
    await prepare(at)
  })
  after(async () => {
    await at.browser?.close()
    await at.server?.stop()
  })
  return at
}

/** For the manual, into the folder that JIHENG_PICTURES names. */
export async function picture(page, name, fullPage = false) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name.replaceAll(' ', '-')}.png`, fullPage })
}
export async function sound(page, what, fullPage = true) {
  await isSound(page, what)
  await picture(page, what, fullPage)
}
export async function done(one) {
  assert.deepEqual(grave(one.complaints), [])
  await one.close()
}

/** What whoever sits at the machine of a server without accounts does through its API. */
export function machine(at) {
  async function ask(method, path, body, headers = {}) {
    const answer = await fetch(at.server.address + path, { method, headers: { 'Content-Type': 'application/json', ...headers }, ...(body && { body: JSON.stringify(body) }) })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  /** The submission's id. */
  async function bring(document) {
    const form = new FormData()
    form.append('files', new Blob([document.bytes]), document.name)
    const started = await (await fetch(`${at.server.address}/api/v1/imports`, { method: 'POST', body: form })).json()
    for (;;) {
      const job = await ask('GET', `/api/v1/imports/${started.id}`)
      if (job.state !== 'running') return job.files[0].submission
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return { ask, bring }
}
