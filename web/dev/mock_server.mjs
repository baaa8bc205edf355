// A stand-in for the program while working on the pages: `npm run build && node dev/mock_server.mjs 8421` serves dist/ and the API from
// memory with invented units, under the same content policy. It knows a handful of rules and reads no documents: each file "imported" becomes an invented unit.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ledgerRoute } from './mock_ledgers.mjs'

const dist = join(fileURLToPath(new URL('.', import.meta.url)), '../dist')
const port = Number(process.argv[2] ?? 8421)
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

// ── invented data ──
const row = (level1, level2, level3, comparator, value, unit, more = {}) => ({
  level1, level2, level3, comparator, value, unit, explanation: null, scoring_rule: null, note: null, weight: null, ...more,
})
function tablesOf(unit, n, attachment, file) {
  const amount = 40 + ((n * 37) % 260)
  const money = { money_unit: '万元', file, attachment }
  const overall = {
    kind: 'overall', title: '2026年部门整体支出绩效目标表', year: 2026, unit_name: unit, department: null, ...money,
    annual_goal: '围绕年度履职任务，保障机关正常运转，提高服务群众的质量和效率，完成区委、区政府交办的各项工作。', long_term_goal: null,
    tasks: [
      { name: '公共服务提升', content: '改善办事大厅服务条件，推进“一件事一次办”，缩短群众办事时间，提高办事满意程度。' },
      { name: '设施维护', content: '对辖区内公共设施进行日常巡查、维修和更新，保证设施完好。' },
    ],
    budget: { total: String(amount * 3), general_public: String(amount * 3), government_fund: null, special_account: null, other: null, basic: String(amount * 2), project: String(amount) },
    project_name: null, project_category: null, period: null, amount: null,
    indicators: [
      row('成本指标', '经济成本指标', '全年预算数', '<=', String(amount * 3), '万元', { explanation: '全年预算安排的全部支出', weight: '20', scoring_rule: '每超出预算1%扣1分，扣完为止' }),
      row('产出指标', '数量指标', '窗口办件量', '>=', '12000', '件', { explanation: '全年大厅窗口办结的事项数量', source: { page_or_sheet: '1', row: 4, column: 4, text: '12000' } }),
      row('产出指标', '数量指标', '设施巡查次数', '>', '24', '次', { explanation: '设施巡查次数' }),
      row('产出指标', '数量指标', '设施维修更新数量', '>=', '160', n % 3 ? '处' : null),
      row('产出指标', '质量指标', '设施完好率', '=', '100', '%', { explanation: '完好设施数与全部设施数之比' }),
      row('产出指标', '时效指标', '各项工作任务完成及时性', 'qualitative', '及时完成各项工作', null, { explanation: '各项工作任务完成及时性' }),
      row('效益指标', '社会效益指标', '群众办事平均用时缩短比例', '>=', '15', '%', { note: '与上年度同期相比' }),
      row('满意度指标', '服务对象满意度指标', '办事群众满意度', '>=', '95', '%'),
    ],
  }
  const project = {
    kind: 'project', title: '2026年项目支出绩效目标表', year: 2026, unit_name: unit, department: null, ...money,
    annual_goal: '对辖区内公共设施进行日常巡查、维修和更新，保证设施完好、使用安全。', long_term_goal: null, tasks: [], budget: null,
    project_name: '公共设施维护专项', project_category: '特定目标类', period: '2026年', amount: n % 4 === 0 ? null : String(amount),
    indicators: [
      row('成本指标', '经济成本指标', '设施维护经费', '<', String(amount), '万元'),
      row('产出指标', '数量指标', '设施巡查次数', '>=', '24', '次'),
      row('产出指标', '数量指标', '设施维修更新数量', '>=', '160', '处'),
      row('产出指标', '质量指标', '设施安全事故次数', n % 2 ? '<' : '=', '0', '次'),
      row('效益指标', '社会效益指标', '设施使用安全', 'qualitative', '设施使用安全', null),
      row('满意度指标', '服务对象满意度指标', '周边居民满意度', '>=', '90', '%'),
    ],
  }
  return [overall, project]
}

// ── a handful of rules ──
function audit(tables) {
  const findings = []
  const add = (rule, severity, aspect, message, at, more = {}) =>
    findings.push({ rule, severity, aspect, message, message_en: `${rule}: ${at[0].text}`, suggestion: null, suggestion_en: null, proposed_value: null, basis: null, at, ...more })
  tables.forEach((table, t) => {
    const place = (indicator, field, text) => ({ file: table.file ?? '', table: t, indicator, field, text: text ?? '' })
    if (table.kind === 'project' && !table.amount) {
      const overall = tables.find((one) => one.kind === 'overall')
      add('budget-missing', 'error', '完整性', `《${table.project_name}》没有填写年度预算金额。部门表的项目支出是 ${overall?.budget?.project} 万元，只有这一个项目，由此可知。`, [place(null, 'amount')], {
        suggestion: '请补填预算金额。', proposed_value: overall?.budget?.project ?? null, basis: '财预〔2015〕88号 第十三条' })
    }
    table.indicators.forEach((one, i) => {
      if (one.value === null) add('indicator-value-missing', 'error', '完整性', `“${one.level3}”没有填写指标值。`, [place(i, 'value')], { suggestion: '请填写可以考核的数值。' })
      if (one.comparator === '<' && one.value === '0') add('target-impossible', 'error', '适当性', `“${one.level3}”的目标是小于 0 ${one.unit ?? ''}，次数不可能小于 0，任何结果都达不到。`, [place(i, 'value', '0'), place(i, 'comparator', '<')], { suggestion: '请改为等于 0。' })
      if (one.comparator && one.comparator !== 'qualitative' && !one.unit) add('measurement-unit-missing', 'warning', '完整性', `“${one.level3}”是数值，但没有填写度量单位。`, [place(i, 'unit')])
      if (one.comparator === '<' && table.amount && one.value === table.amount) add('cost-excludes-full-execution', 'warning', '可行性', `成本目标小于 ${one.value} 万元，预算全部执行时正好等于 ${one.value} 万元，反而达不到目标。`, [place(i, 'comparator', '<')], { suggestion: '请改为“≤”。' })
      if (one.comparator === '=' && one.value === '100') add('saturated-target', 'hint', '适当性', `“${one.level3}”的目标是 100%，分不出好坏，请写明分子和分母。`, [place(i, 'value', '100')])
      if (one.comparator === 'qualitative' && one.value === one.level3) add('qualitative-restates-name', 'warning', '适当性', `“${one.level3}”的目标只是重复了名称，无法考核。`, [place(i, 'value', one.value)])
      if (one.comparator === 'qualitative' && /及时/.test(one.value ?? '')) add('qualitative-unmeasurable', 'warning', '适当性', `“${one.level3}”的目标“${one.value}”没有写明衡量的标准。`, [place(i, 'value', one.value)])
      if (one.explanation && one.explanation === one.level3) add('explanation-restates-name', 'hint', '完整性', `“${one.level3}”的解释只是重复了名称。`, [place(i, 'explanation', one.explanation)])
    })
    if (!table.indicators.some((one) => one.weight)) add('weights-missing', 'hint', '完整性', '各项指标都没有填写权重，年终无法计算得分。', [place(null, 'weight')])
  })
  const count = (severity) => findings.filter((one) => one.severity === severity).length
  const grades = tables.map((table, t) => {
    const errors = findings.filter((one) => one.severity === 'error' && one.at.some((at) => at.table === t)).length
    const grade = errors > 1 ? '差' : errors === 1 ? '中' : findings.some((one) => one.severity === 'warning' && one.at[0].table === t) ? '良' : '优'
    return { file: table.file ?? '', table: t, grade, aspects: { 完整性: { grade, points: '20' }, 相关性: { grade: '优', points: '20' }, 适当性: { grade, points: '20' }, 可行性: { grade: '优', points: '20' } } }
  })
  return { tables: tables.length, findings, summary: { error: count('error'), warning: count('warning'), hint: count('hint') }, grades }
}
const rules = [
  ['budget-missing', 'error', '完整性', '没有预算金额'], ['target-impossible', 'error', '适当性', '目标不可能达到'], ['indicator-value-missing', 'error', '完整性', '没有指标值'],
  ['measurement-unit-missing', 'warning', '完整性', '没有度量单位'], ['cost-excludes-full-execution', 'warning', '可行性', '成本目标与预算执行矛盾'], ['qualitative-restates-name', 'warning', '适当性', '定性目标重复名称'],
  ['saturated-target', 'hint', '适当性', '目标已经封顶'], ['explanation-restates-name', 'hint', '完整性', '解释重复名称'], ['weights-missing', 'hint', '完整性', '没有权重'],
].map(([id, severity, aspect, title]) => ({ id, severity, aspect, title, title_en: id.replaceAll('-', ' '), basis: '财预〔2015〕88号', explanation: `${title}时，年终无法据此考核，请补充或修改。`, explanation_en: 'Such a target cannot be assessed at the end of the year.' }))

// ── the store ──
const submissions = new Map()
const journal = []
const imports = new Map()
const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z')
function note(action, subject, why = null) {
  const seq = journal.length + 1
  journal.push({ seq, at: now(), actor: 'local', action, subject, why, hash: createHash('sha256').update(`${seq}${action}${subject}`).digest('hex') })
}
function revise(one, action, tables, state, why = null) {
  const revision = (one.revisions.at(-1)?.revision ?? 0) + 1
  one.revisions.push({ revision, at: now(), by: 'local', why, action, state, tables, audit: audit(tables) })
  note(action, `submission/${one.id}@${revision}`, why)
}
function create(unit, n, file) {
  const one = { id: randomUUID(), file, opinion: null, revisions: [] }
  revise(one, 'import', tablesOf(unit, n, 'a'.repeat(64), file), 'draft')
  submissions.set(one.id, one)
  return one
}
function summary(one) {
  const last = one.revisions.at(-1)
  const grades = last.audit.grades.map((each) => each.grade)
  const overall = last.tables.find((table) => table.kind === 'overall')
  return { id: one.id, unit_name: last.tables[0].unit_name, year: 2026, state: last.state, revision: last.revision, tables: last.tables.length, ...last.audit.summary,
    grade: ['差', '中', '良', '优'].find((grade) => grades.includes(grade)) ?? null, updated_at: last.at, updated_by: last.by, file: one.file, notes: 0, overall_amount: overall?.budget?.total ?? null, unit: null, step: null }
}
const allowed = { draft: ['submit', 'delete'], returned: ['submit', 'delete'], submitted: ['withdraw', 'return', 'approve'], approved: ['return'] }
const whole = (one) => {
  const last = one.revisions.at(-1)
  return { submission: summary(one), tables: last.tables, notes: [], audit: last.audit, actions: allowed[last.state], opinion: one.opinion, filing: { round: 0, steps: [], signatures: [], adjusts: null, adjust_why: null } }
}
const units = ['株洲市渌口区教育局', '株洲市渌口区民政局', '株洲市渌口区卫生健康局', '株洲市渌口区交通运输局', '株洲市渌口区农业农村局', '株洲市渌口区水利局', '株洲市渌口区文化旅游广电体育局', '株洲市渌口区应急管理局', '渌口镇人民政府', '朱亭镇人民政府', '南洲镇人民政府']
if (process.argv[3] !== '--empty') units.forEach((unit, n) => create(unit, n, `${unit}2026年绩效目标表.docx`))

// ── HTTP ──
const body = (request) => new Promise((resolve) => {
  const parts = []
  request.on('data', (part) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)))
})
function send(response, status, value, headers = {}) {
  response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers })
  response.end(value === undefined ? undefined : JSON.stringify(value))
}
const problem = (response, status, code, detail, more = {}) => send(response, status, { type: 'about:blank', title: code, status, code, detail, context: [], ...more })
const one_or_404 = (response, id) => submissions.get(id) ?? (problem(response, 404, 'not-found', '没有这份绩效目标。'), null)
function stale(request, response, one) {
  const last = one.revisions.at(-1)
  if (request.headers['if-match'] === `"${last.revision}"`) return false
  problem(response, 412, 'stale-revision', `别人已经暂存了第 ${last.revision} 版。`, { revision: last.revision, by: last.by, at: last.at })
  return true
}
const withTag = (response, one) => send(response, 200, whole(one), { ETag: `"${one.revisions.at(-1).revision}"` })

function list(url, response) {
  const q = url.searchParams
  const all = [...submissions.values()].map(summary)
  const counts = Object.fromEntries(['draft', 'submitted', 'returned', 'approved'].map((state) => [state, all.filter((one) => one.state === state).length]))
  counts.faulty = all.filter((one) => one.error > 0).length
  const found = all.filter((one) => (!q.get('state') || one.state === q.get('state')) && (one.unit_name ?? '').includes(q.get('q') ?? '') && (!q.get('year') || String(one.year) === q.get('year')))
  const orders = { worst: (a, b) => b.error - a.error || b.warning - a.warning || b.hint - a.hint, unit: (a, b) => a.unit_name.localeCompare(b.unit_name, 'zh'), newest: (a, b) => b.updated_at.localeCompare(a.updated_at) }
  found.sort(orders[q.get('sort') ?? 'worst'])
  const offset = Number(q.get('offset') ?? 0)
  send(response, 200, { total: found.length, counts, items: found.slice(offset, offset + Number(q.get('limit') ?? 100)) })
}
async function startImport(request, response) {
  const text = (await body(request)).toString('latin1')
  const names = [...text.matchAll(/name="files"; filename="([^"]*)"/g)].map((match) => Buffer.from(match[1], 'latin1').toString('utf8'))
  const job = { id: randomUUID(), state: 'running', total: names.length, finished: 0, files: names.map((file) => ({ file, state: 'waiting', submission: null, unit_name: null, tables: 0, error: 0, warning: 0, hint: 0, code: null, message: null })), listeners: new Set() }
  imports.set(job.id, job)
  send(response, 202, { id: job.id, files: names.length })
  for (const [index, entry] of job.files.entries()) {
    await new Promise((resolve) => setTimeout(resolve, 150))
    if (job.state !== 'running') break
    if (/\.(docx|xlsx|html|txt|csv|tsv)$/i.test(entry.file)) {
      const unit = entry.file.split('/').at(-1).replace(/\.\w+$/, '')
      const one = create(unit, job.finished + 3, entry.file)
      Object.assign(entry, { state: 'imported', submission: one.id, unit_name: unit, tables: 2, ...one.revisions[0].audit.summary })
    } else Object.assign(entry, { state: 'failed', code: 'unknown-format', message: `“${entry.file}”不是能读的格式，请另存为 docx、xlsx、html 或 txt 后再导入。` })
    job.finished++
    for (const listener of job.listeners) listener('file', { index, ...entry })
  }
  if (job.state === 'running') job.state = 'done'
  for (const listener of job.listeners) listener('done', shown(job))
}
const shown = ({ listeners: _, ...job }) => job
function layout() {
  const cell = (r, c, text, row_span = 1, column_span = 1) => ({ row: r, column: c, row_span, column_span, text })
  return { file: '绩效目标表.docx', format: 'docx', pages: [], blocks: [{ kind: 'paragraph', text: '2026年部门整体支出绩效目标表' }, { kind: 'grid', place: '1', rows: 5, columns: 4, cells: [
    cell(1, 1, '年度履职目标'), cell(1, 2, '围绕年度履职任务，保障机关正常运转，提高服务群众的质量和效率，完成区委、区政府交办的各项工作。', 1, 3),
    cell(2, 1, '一级指标'), cell(2, 2, '二级指标'), cell(2, 3, '三级指标'), cell(2, 4, '指标值'), cell(3, 1, '成本指标'), cell(3, 2, '经济成本指标'), cell(3, 3, '全年预算数'), cell(3, 4, '120'),
    cell(4, 1, '产出指标', 2), cell(4, 2, '数量指标', 2), cell(4, 3, '窗口办件量'), cell(4, 4, '12000'), cell(5, 3, '设施巡查次数'), cell(5, 4, '24')] }] }
}

async function route(request, response) {
  const url = new URL(request.url, 'http://localhost')
  const path = url.pathname.replace('/api/v1', '')
  const parts = path.split('/').slice(1)
  const verb = `${request.method} /${parts[0]}${parts[2] ? `/*/${parts[2]}` : parts[1] ? '/*' : ''}`
  if (verb === 'GET /health') return send(response, 200, { status: 'ok', version: 'mock', engine: 'sqlite', database: 'ok' })
  // Nobody has an account here, as on a machine that was just set up: who is at it may do everything.
  if (verb === 'GET /me') return send(response, 200, { mode: 'machine', known: true, id: 'local', login: 'local', name: 'local', wants_second_factor: false, has_second_factor: false, sends_mail: false, mail: null, permissions: ['see_submissions', 'file_submissions', 'audit_performance', 'see_journal', 'verify_journal', 'see_ledgers', 'keep_ledgers'], posts: [] })
  if (await ledgerRoute(request, response, path, url.searchParams)) return undefined
  if (verb === 'GET /submissions') return list(url, response)
  if (verb === 'POST /imports') return startImport(request, response)
  if (parts[0] === 'imports') {
    const job = imports.get(parts[1])
    if (!job) return problem(response, 404, 'not-found', '没有这次导入。')
    if (parts[2] === 'cancel') job.state = 'cancelled'
    if (parts[2] !== 'events') return send(response, 200, shown(job))
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    const write = (event, data) => { response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`); if (event === 'done') response.end() }
    job.files.forEach((entry, index) => entry.state !== 'waiting' && write('file', { index, ...entry }))
    if (job.state === 'running') job.listeners.add(write)
    else write('done', shown(job))
    return undefined
  }
  if (parts[0] === 'submissions') {
    const one = one_or_404(response, parts[1])
    if (!one) return undefined
    if (verb === 'GET /submissions/*') return withTag(response, one)
    if (verb === 'GET /submissions/*/revisions') {
      if (!parts[3]) return send(response, 200, one.revisions.map(({ tables, audit: _, ...each }) => ({ ...each, tables: tables.length })).reverse())
      const found = one.revisions.find((each) => String(each.revision) === parts[3])
      return found ? send(response, 200, found) : problem(response, 404, 'not-found', '没有这一版。')
    }
    if (verb === 'PUT /submissions/*/tables') {
      if (stale(request, response, one)) return undefined
      const { tables, why } = JSON.parse(await body(request))
      revise(one, 'save', tables, one.revisions.at(-1).state, why)
      return withTag(response, one)
    }
    if (verb === 'POST /submissions/*/actions') {
      if (stale(request, response, one)) return undefined
      const { action, opinion } = JSON.parse(await body(request))
      if (!allowed[one.revisions.at(-1).state].includes(action)) return problem(response, 409, 'action-not-allowed', '当前状态不能这样做。')
      if (action === 'delete') { submissions.delete(one.id); note('delete', `submission/${one.id}`); return send(response, 204) }
      one.opinion = opinion
      revise(one, action, one.revisions.at(-1).tables, { submit: 'submitted', withdraw: 'draft', return: 'returned', approve: 'approved' }[action], opinion)
      return withTag(response, one)
    }
    // Nothing was approved before: there is nothing to compare with.
    if (verb === 'GET /submissions/*/comparisons') return send(response, 200, { revision: one.revisions.at(-1).revision, rule: { least_peers: 5, reach: '1.5', least_percent: 5, change_percent: 20, years_back: 5 }, items: [] })
    if (verb === 'GET /submissions/*/export') {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${summary(one).unit_name}.${url.searchParams.get('to')}`)}` })
      return response.end(JSON.stringify(whole(one)))
    }
  }
  if (verb === 'GET /library') return send(response, 200, { total: 0, items: [], levels: [], classes: [] })
  if (path === '/library/suggestions') return send(response, 200, [])
  if (verb === 'POST /audit') return send(response, 200, audit(JSON.parse(await body(request)).tables))
  if (verb === 'GET /export') {
    response.writeHead(200, { 'Content-Type': 'application/zip', 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent('绩效目标审核表.zip')}` })
    return response.end('zip')
  }
  if (verb === 'GET /attachments/*/layout') return send(response, 200, layout())
  if (verb === 'GET /rules') return send(response, 200, rules)
  if (verb === 'GET /journal') {
    const before = Number(url.searchParams.get('before') ?? Infinity)
    return send(response, 200, journal.filter((entry) => entry.seq < before).reverse().slice(0, Number(url.searchParams.get('limit') ?? 50)))
  }
  if (verb === 'POST /verify') return send(response, 200, { ok: true, entries: journal.length, first_bad: null })
  return problem(response, 404, 'not-found', '没有这个地址。')
}

function page(request, response) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname)
  const file = extname(path) ? path : '/index.html'
  try {
    const bytes = readFileSync(join(dist, file))
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': "default-src 'self'; style-src 'self' 'unsafe-inline'" })
    response.end(bytes)
  } catch {
    response.writeHead(404).end()
  }
}
const server = createServer((request, response) => (request.url.startsWith('/api/v1') ? route(request, response) : page(request, response)))
server.listen(port, '127.0.0.1', () => console.error(`http://127.0.0.1:${server.address().port}`))
