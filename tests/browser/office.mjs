// A bureau set up through the API, for journeys that begin where the people are already there.
import assert from 'node:assert/strict'
import { administrators, password, unit_lines } from './bureau.mjs'
import { codeOf } from './clerk.mjs'

const fields = ['code', 'name', 'aliases', 'parent', 'section', 'classified']

/** `people`: login → [name, [[role, unit or section or null] …]]. */
export async function raiseOffice(server, people) {
  const cookies = {}
  const factors = {}
  async function ask(method, path, body, headers = {}) {
    const answer = await fetch(`${server.address}/api/v1${path}`, { method, headers: { 'Content-Type': 'application/json', ...headers }, ...(body && { body: JSON.stringify(body) }) })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`)
    return { json: answer.status === 204 ? null : await answer.json(), cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? null }
  }
  const as = (login) => ({ Cookie: cookies[login] })
  const call = async (login, method, path, body, revision) => (await ask(method, path, body, { ...as(login), ...(revision && { 'If-Match': `"${revision}"` }) })).json
  async function enter(link, login) {
    await ask('POST', '/links/password', { link, password })
    cookies[login] = (await ask('POST', '/session', { login, password })).cookie
  }

  const link = new URL(server.setup, 'http://x').searchParams.get('link')
  const names = Object.fromEntries(Object.entries(administrators).flatMap(([post, [login, name]]) => [[`${post}_login`, login], [`${post}_name`, name]]))
  const links = (await ask('POST', '/setup', { link, bureau_code: '100', bureau: '株洲市渌口区财政局', ...names })).json
  for (const [post, [login]] of Object.entries(administrators)) {
    await enter(links[`${post}_link`], login)
    const { secret } = await call(login, 'POST', '/me/second-factor')
    factors[login] = secret
    await call(login, 'PUT', '/me/second-factor', { secret, code: await codeOf(secret) })
  }
  const [system] = administrators.system
  const [security] = administrators.security
  const lines = unit_lines.slice(1).map((line) => Object.fromEntries(line.map((cell, i) => [fields[i], fields[i] === 'classified' ? cell === '是' : cell])))
  await call(system, 'POST', '/units/lines', { lines })
  const units = Object.fromEntries((await call(system, 'GET', '/units')).map((unit) => [unit.name, unit.id]))
  for (const [login, [name, posts]] of Object.entries(people)) {
    const made = await call(system, 'POST', '/accounts', { login, name })
    await enter(made.link, login)
    const { revision } = (await call(security, 'GET', '/accounts')).find((each) => each.id === made.account.id)
    await call(security, 'PUT', `/accounts/${made.account.id}/posts`, { posts: posts.map(([role, place]) => ({ role, ...(place && { unit: units[place] }) })) }, revision)
  }
  /** Brings a document, as that person; the submission's id. */
  async function bring(login, document) {
    const form = new FormData()
    form.append('files', new Blob([document.bytes]), document.name)
    const started = await (await fetch(`${server.address}/api/v1/imports`, { method: 'POST', body: form, headers: as(login) })).json()
    for (;;) {
      const job = await call(login, 'GET', `/imports/${started.id}`)
      if (job.state !== 'running') return job.files[0].submission
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  async function act(login, id, action, opinion = null) {
    const { submission } = await call(login, 'GET', `/submissions/${id}`)
    await call(login, 'POST', `/submissions/${id}/actions`, { action, opinion }, submission.revision)
  }
  return { call, units, cookies, factors, bring, act }
}
