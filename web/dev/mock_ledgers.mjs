// Ledgers and measures for the stand-in: a few declared types with invented records, kept in memory.
import { createHash, randomUUID } from 'node:crypto'

const text = (name, label, more = {}) => ({ name, label, type: 'text', required: false, computed: false, numbered: false, ...more })
const must = { required: true }
const choice = (name, label, choices, more = {}) => ({ ...text(name, label), type: 'choice', choices: Object.entries(choices).map(([code, title]) => ({ code, label: title })), ...more })
const day = (name, label, more = {}) => ({ ...text(name, label), type: 'date', ...more })
const money = (name, label, more = {}) => ({ ...text(name, label), type: 'amount', unit: '元', ...more })
const to = (name, label, register, more = {}) => ({ ...text(name, label), type: 'reference', to: register, ...more })
const valid = choice('state', '状态', { valid: '有效', void: '作废' })

const declared = [
  { desk: 'register', desk_label: '基础名录', type: 'unit', label: '预算单位', key: 'code', title: 'name', fields: [text('code', '单位编码', must), text('name', '单位名称', must), text('department', '主管部门')] },
  { desk: 'register', desk_label: '基础名录', type: 'project', label: '预算项目', key: 'code', title: 'name', fields: [text('code', '项目编码', must), text('name', '项目名称', must), to('unit', '预算单位', 'unit', must), { ...text('year', '预算年度', must), type: 'year' }] },
  { desk: 'budget_execution', desk_label: '预算执行', type: 'payment', label: '项目支付', key: 'payment_no', title: 'payment_no', state: 'state', measures: ['execution.paid', 'execution.rate'], views: [{ name: 'refunds', label: '退回' }],
    fields: [text('payment_no', '支付凭证号', must), to('project', '预算项目', 'project', must), day('paid_on', '支付日期', must), money('amount', '支付金额', { ...must, note: '退回写负数' }), choice('fund', '资金性质', { general_public: '一般公共预算', government_fund: '政府性基金', special_account: '财政专户', other: '其他' }), valid] },
  { desk: 'investment_review', desk_label: '投资评审', type: 'review_case', label: '评审项目', key: 'case_no', title: 'project_name', state: 'state', measures: ['review.concluded_count', 'review.savings'],
    views: [{ name: 'open', label: '在审项目' }, { name: 'concluded', label: '已定案' }], limits: [{ name: 'review', label: '评审时限' }],
    actions: [{ name: 'accept', label: '受理', from: ['registered'], to: 'accepted', fields: ['accepted_on', 'submitted_amount'], required: ['accepted_on', 'submitted_amount'] }, { name: 'conclude', label: '定案', from: ['accepted'], to: 'concluded', fields: ['concluded_amount', 'concluded_on', 'report_no'], required: ['concluded_amount', 'concluded_on'] }, { name: 'withdraw', label: '撤回', from: ['registered', 'accepted'], to: 'withdrawn', fields: [], required: [] }],
    fields: [text('case_no', '评审编号', must), text('project_name', '项目名称', must), to('owner_unit', '建设单位', 'unit', must), choice('kind', '评审类别', { budget: '预算', control_price: '招标控制价', settlement: '结算' }, must), day('submitted_on', '送审日期'), day('accepted_on', '受理日期'), money('submitted_amount', '送审金额'), money('concluded_amount', '审定金额'), money('reduction', '审减额', { computed: true }), day('concluded_on', '定案日期'), text('report_no', '评审报告文号'), text('first_reviewer', '初审人'), choice('state', '状态', { registered: '已登记', accepted: '已受理', concluded: '已定案', withdrawn: '已撤回' }, must)] },
  { desk: 'supervision', desk_label: '财政监督', type: 'finding', label: '问题', key: 'finding_no', title: 'problem', state: 'state', limits: [{ name: 'due', label: '整改期限' }], views: [{ name: 'open', label: '整改中' }],
    fields: [text('finding_no', '问题编号', must), choice('source', '来源', { inspection: '监督检查', evaluation: '绩效评价' }, must), to('unit_name', '单位', 'unit', must), text('problem', '问题', must), text('basis', '依据'), money('amount', '涉及金额'), day('due_on', '整改期限', must), day('verified_on', '销号日期'), choice('state', '状态', { open: '整改中', verified: '已销号', void: '作废' })] },
  { desk: 'network_operations', desk_label: '业务专网', type: 'ticket', label: '运维工单', key: 'ticket_no', title: 'ticket_no', state: 'state', fields: [text('ticket_no', '工单编号', must), to('unit_name', '单位', 'unit', must), { ...text('opened_at', '报修时间', must), type: 'time' }, { ...text('restored_at', '恢复时间'), type: 'time' }, choice('channel', '处理方式', { remote: '远程', phone: '电话', onsite: '上门' }, must), choice('state', '状态', { open: '处理中', resolved: '已解决' })] },
]
const measures = [
  { id: 'execution.paid', label: '支出执行数', unit: '万元', desk: 'budget_execution', projects: true, type: 'payment', by: 'paid_on', sum: (one) => Number(one.amount ?? 0), over: 10000 },
  { id: 'execution.rate', label: '预算执行率', unit: '%', desk: 'budget_execution', projects: true, type: 'payment', by: 'paid_on', sum: (one) => Number(one.amount ?? 0), denominator: 900000 },
  { id: 'review.concluded_count', label: '评审项目数量', unit: '个', desk: 'investment_review', projects: false, type: 'review_case', by: 'concluded_on', sum: () => 1 },
  { id: 'review.savings', label: '节约财政资金（审减额）', unit: '万元', desk: 'investment_review', projects: false, type: 'review_case', by: 'concluded_on', sum: (one) => Number(one.submitted_amount ?? 0) - Number(one.concluded_amount ?? 0), over: 10000, needs: (one) => (one.submitted_amount ? null : '缺少送审金额或审定金额') },
  { id: 'review.agencies_engaged', label: '聘请咨询机构数量', unit: '家', desk: 'investment_review', projects: false, type: 'review_case', by: 'nothing', sum: () => 1, denominator: 0 },
]
const records = new Map(declared.map(({ type }) => [type, []]))
const typeOf = (type) => declared.find((one) => one.type === type)
let journal = 1
function put(type, values, action, why = null, before = null) {
  const one = before ?? { id: values[typeOf(type).key] ?? randomUUID(), versions: [] }
  one.versions.push({ revision: one.versions.length + 1, values, action, why, at: new Date().toISOString(), seq: journal++ })
  if (!before) records.get(type).push(one)
  return one
}
const now = (one) => one.versions.at(-1)
const dayFrom = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)
for (const [code, name] of [['101', '渌口区教育局'], ['102', '渌口区水利局'], ['103', '渌口区住建局']]) put('unit', { code, name }, 'import')
const units = records.get('unit')
;['渌口区第一中学教学楼', '河道治理一期', '老旧小区改造'].forEach((name, i) => put('project', { code: `P${i + 1}`, name, unit: units[i].id, year: '2026' }, 'import'))
const projects = records.get('project')
for (let i = 1; i <= 64; i++) put('payment', { payment_no: `ZF2026${String(i).padStart(4, '0')}`, project: projects[i % 3].id, paid_on: `2026-${String((i % 11) + 1).padStart(2, '0')}-${String((i % 27) + 1).padStart(2, '0')}`, amount: i % 13 ? `${(i * 137.25 + 8000).toFixed(2)}` : '-1200.00', fund: i % 4 ? 'general_public' : 'other', state: 'valid' }, 'import')
for (let i = 1; i <= 9; i++) {
  const done = i % 3 === 0
  put('review_case', { case_no: `PS2026-${String(i).padStart(3, '0')}`, project_name: ['教学楼改造', '河道护岸', '小区道路', '污水管网'][i % 4] + `${i}标段`, owner_unit: units[i % 3].id, kind: i % 2 ? 'settlement' : 'budget', submitted_on: dayFrom(-40 + i), ...(i % 4 ? { accepted_on: dayFrom(-36 + i), submitted_amount: `${1_200_000 + i * 31_337}.00` } : {}), ...(done ? { concluded_amount: `${1_100_000 + i * 30_000}.00`, concluded_on: dayFrom(-5) } : {}), state: done ? 'concluded' : i % 4 ? 'accepted' : 'registered' }, 'import')
}
for (let i = 1; i <= 7; i++) put('finding', { finding_no: `WT-${i}`, source: 'inspection', unit_name: units[i % 3].id, problem: ['固定资产未及时入账', '往来款长期挂账未清理', '专项资金结余未按规定交回国库，涉及三个年度', '公务卡使用不规范'][i % 4], amount: `${i * 5000}.00`, due_on: dayFrom(i * 4 - 12), state: i === 7 ? 'verified' : 'open', ...(i === 7 ? { verified_on: dayFrom(-1) } : {}) }, 'import')

const titleOf = (type, one) => now(one).values[typeOf(type).title] ?? one.id
function shownValues(type, values) {
  const out = {}
  for (const field of typeOf(type).fields) {
    let value = values[field.name]
    if (field.name === 'reduction' && values.submitted_amount && values.concluded_amount) value = (Number(values.submitted_amount) - Number(values.concluded_amount)).toFixed(2)
    if (value === undefined || value === '') continue
    let words = value
    if (field.type === 'choice') words = field.choices.find(({ code }) => code === value)?.label ?? value
    if (field.type === 'time') words = value.slice(0, 16).replace('T', ' ')
    if (field.type === 'reference') {
      const found = records.get(field.to).find(({ id }) => id === value)
      words = found ? titleOf(field.to, found) : value
    }
    out[field.name] = { value, text: words }
  }
  return out
}
function dueOf(type, values) {
  const limit = typeOf(type).limits?.[0]
  if (!limit) return []
  const due_on = type === 'finding' ? values.due_on : values.accepted_on && new Date(Date.parse(values.accepted_on) + 30 * 86_400_000).toISOString().slice(0, 10)
  if (!due_on) return []
  const ended = values.verified_on ?? values.concluded_on
  const days_left = Math.round((Date.parse(due_on) - Date.parse(dayFrom(0))) / 86_400_000)
  return [{ ...limit, due_on, days_left: ended ? 0 : days_left, work_days: type === 'review_case', state: ended ? (ended <= due_on ? 'done' : 'done_late') : days_left < 0 ? 'overdue' : 'running', provisional: due_on > '2026-12-31', near: !ended && days_left >= 0 && days_left <= 7, explained: type === 'review_case' }]
}
const answer = (type, one) => ({ id: one.id, revision: now(one).revision, values: shownValues(type, now(one).values), due: dueOf(type, now(one).values) })

function detail(type, one) {
  const of = typeOf(type)
  const timeline = one.versions.map((version, i) => {
    const before = i ? shownValues(type, one.versions[i - 1].values) : {}
    const after = shownValues(type, version.values)
    const changes = !i ? [] : of.fields.filter(({ name }) => before[name]?.value !== after[name]?.value).map(({ name, label }) => ({ field: name, label, before: before[name]?.text ?? '', after: after[name]?.text ?? '' }))
    return { revision: version.revision, action: version.action, label: of.actions?.find(({ name }) => name === version.action)?.label ?? { import: '导入', add: '登记', edit: '修改' }[version.action], at: version.at, by: 'local', why: version.why, changes }
  })
  const state = now(one).values[of.state]
  return { ...answer(type, one), actions: (of.actions ?? []).filter(({ from }) => from.includes(state)).map(({ name }) => name), timeline: timeline.reverse(), measures: (of.measures ?? []).map((id) => ({ id, label: measures.find((each) => each.id === id).label })) }
}
function found(type, query) {
  const of = typeOf(type)
  let list = records.get(type).filter((one) => {
    const { values } = now(one)
    const words = shownValues(type, values)
    if (query.get('q') && !Object.values(words).some(({ text: each }) => each.includes(query.get('q')))) return false
    for (const pair of query.getAll('eq')) {
      const [name, value] = [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]
      if ((values[name] ?? '') !== value) return false
    }
    const by = values[query.get('from_field')] ?? ''
    if (query.get('from') && !(by >= query.get('from'))) return false
    if (query.get('to') && !(by && by <= query.get('to'))) return false
    if (query.get('view') === 'refunds') return values.amount?.startsWith('-')
    if (query.get('view') === 'open') return !['concluded', 'withdrawn', 'verified', 'void'].includes(values.state)
    return query.get('view') !== 'concluded' || values.state === 'concluded'
  })
  const sort = query.get('sort') ?? ''
  if (sort) {
    const name = sort.replace(/^-/, '')
    const kind = of.fields.find((field) => field.name === name)?.type
    const of_one = (one) => (kind === 'amount' ? Number(now(one).values[name] ?? 0) : (now(one).values[name] ?? ''))
    list = [...list].sort((a, b) => (of_one(a) < of_one(b) ? -1 : of_one(a) > of_one(b) ? 1 : 0) * (sort[0] === '-' ? -1 : 1))
  }
  return list
}
/** Required fields, and amounts that are none. */
function faults(type, values) {
  const of = typeOf(type)
  return of.fields.flatMap(({ name, required, type: kind }) => (required && !values[name] && name !== of.state ? [[name, '没有填']] : kind === 'amount' && values[name] && !/^-?\d+(\.\d{1,2})?$/.test(values[name]) ? [[name, `“${values[name]}”不是金额`]] : kind === 'date' && values[name] && !/^\d{4}-\d\d-\d\d$/.test(values[name]) ? [[name, `“${values[name]}”不是日期`]] : []))
}
function take(type, words, { check, skip_bad, create_missing }) {
  const of = typeOf(type)
  const lines = words.replace(/^\ufeff/, '').trim().split(/\r?\n/).map((line) => line.split(','))
  const fields = lines[0].map((title) => of.fields.find(({ name, label }) => name === title || label === title))
  const told = { stored: false, added: 0, changed: 0, same: 0, skipped: 0, bad: [], notes: lines[0].filter((_, i) => !fields[i]).map((title) => `没有“${title}”这个栏目，没有读`), created: [], missing: of.fields.filter((field) => field.required && field.name !== of.state && !fields.includes(field)).map(({ label }) => label), columns: lines[0].map((heading, i) => ({ heading, field: fields[i]?.name ?? null })) }
  if (check && told.missing.length) return told
  const good = []
  lines.slice(1).forEach((cells, i) => {
    const values = {}
    const bad = []
    fields.forEach((field, f) => {
      if (!field || !cells[f]) return
      values[field.name] = cells[f]
      if (field.type === 'choice') values[field.name] = field.choices.find(({ code, label }) => code === cells[f] || label === cells[f])?.code ?? cells[f]
      if (field.type !== 'reference') return
      const known = records.get(field.to).find((one) => Object.values(now(one).values).includes(cells[f]))
      if (known) values[field.name] = known.id
      else if (create_missing) told.created.push(`${typeOf(field.to).label} ${cells[f]}`)
      else bad.push([field.name, `名录里没有“${cells[f]}”`])
    })
    bad.push(...faults(type, values))
    for (const [field, reason] of bad) told.bad.push({ row: i + 2, field, label: of.fields.find(({ name }) => name === field).label, reason })
    if (bad.length) told.skipped++
    else good.push(values)
  })
  const storing = !check && (skip_bad || told.bad.length === 0)
  for (const values of good) {
    const before = of.key && records.get(type).find((one) => now(one).values[of.key] === values[of.key])
    const same = before && JSON.stringify({ ...now(before).values, ...values }) === JSON.stringify(now(before).values)
    told[same ? 'same' : before ? 'changed' : 'added']++
    if (storing && !same) put(type, before ? { ...now(before).values, ...values } : values, 'import', null, before)
  }
  if (!skip_bad) told.skipped = 0
  told.stored = storing && told.added + told.changed > 0
  return told
}

function figure(measure, query) {
  const [from, to] = [query.get('from'), query.get('to')]
  const used = { counted: [], excluded: [], consulted: [] }
  for (const one of records.get(measure.type)) {
    const { values } = now(one)
    const on = values[measure.by]
    if (!on || on < from || on > to || (query.get('project') && values.project !== query.get('project'))) continue
    const reason = values.state === 'void' ? '已作废' : (measure.needs?.(values) ?? null)
    used[reason ? 'excluded' : 'counted'].push({ one, reason })
  }
  const sum = used.counted.reduce((so_far, { one }) => so_far + measure.sum(now(one).values), 0)
  const denominator = measure.denominator
  const value = denominator === 0 ? null : denominator ? ((sum / denominator) * 100).toFixed(2) : measure.over ? (sum / measure.over).toFixed(2) : String(sum)
  const gaps = measure.by === 'concluded_on' && used.counted.length === 0 ? ['期间内没有定案的评审项目'] : []
  const whole = { measure: measure.id, label: measure.label, unit: measure.unit, value, numerator: String(sum), denominator: denominator === undefined ? null : String(denominator), period: { from, to }, project: query.get('project') || null, gaps, journal, counted: used.counted.length, excluded: used.excluded.length, consulted: 0 }
  const rests = used.counted.map(({ one }) => ({ id: one.id, revision: now(one).revision }))
  return { used, rests, whole: { ...whole, sha256: createHash('sha256').update(JSON.stringify([measure.id, from, to, value, rests])).digest('hex') } }
}
function receipt(measure, query) {
  const { whole, used, rests } = figure(measure, query)
  const { counted, excluded, consulted, journal: seq, sha256, ...rest } = whole
  return { ...rest, receipt: { definition_sha256: '0'.repeat(64), journal: seq, counted: rests, excluded: used.excluded.map(({ one, reason }) => ({ id: one.id, reason })), sha256 } }
}
function verify(given) {
  const measure = measures.find(({ id }) => id === given.measure)
  if (!measure) return { same: false, state: 'foreign', changed: [], value: null }
  const { whole, rests } = figure(measure, new URLSearchParams({ from: given.period.from, to: given.period.to, project: given.project ?? '' }))
  const expected = createHash('sha256').update(JSON.stringify([given.measure, given.period.from, given.period.to, given.value, given.receipt.counted])).digest('hex')
  if (expected !== given.receipt.sha256) return { same: false, state: 'foreign', changed: [], value: whole.value }
  const before = new Map(given.receipt.counted.map(({ id, revision }) => [id, revision]))
  const after = new Map(rests.map(({ id, revision }) => [id, revision]))
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id)).map((id) => ({ type: measure.type, type_label: typeOf(measure.type).label, id, revision: before.get(id) ?? null, now: after.get(id) ?? null }))
  return { same: changed.length === 0, state: changed.length ? 'stale' : 'same', changed, value: whole.value }
}

const bytesOf = async (request) => {
  const pieces = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
/** The one file of a form. */
const fileIn = (form) => form.slice(form.indexOf('\r\n\r\n') + 4, form.lastIndexOf('\r\n--'))
const chart = (kind, label, unit, more) => ({ chart: kind, label, unit, measure: null, type: null, by: null, view: null, gaps: [], ...more })
const point = (label, value, more = {}) => ({ label, value, code: null, from: null, to: null, even: null, amount: null, ...more })
/** A desk's first page, or without a desk what is due over all of them. */
function deskPage(desk) {
  const own = declared.filter((one) => !desk || one.desk === desk)
  if (own.length === 0) return null
  const today = dayFrom(0)
  const lines = own.flatMap(({ type, label }) => records.get(type).flatMap((one) => answer(type, one).due.filter((due) => due.state === 'overdue' || due.near).map((due) => ({ type, label, id: one.id, title: titleOf(type, one), due }))))
  lines.sort((a, b) => a.due.due_on.localeCompare(b.due.due_on))
  const tally = (list) => ({ overdue: list.filter(({ due }) => due.state === 'overdue').length, near: list.filter(({ due }) => due.near).length, running: list.length, paused: 0 })
  const work = !desk ? [] : own.filter(({ state }) => state).map((of) => {
    const states = of.fields.find(({ name }) => name === of.state).choices.map(({ code, label }) => ({ code, label, records: records.get(of.type).filter((one) => now(one).values.state === code).length }))
    return { type: of.type, label: of.label, open: states[0].records, days: tally(lines.filter(({ type }) => type === of.type)), states: states.filter((state) => state.records > 0) }
  })
  const whole = { today, days: tally(lines), work, board: lines }
  if (!desk) return whole
  const year = today.slice(0, 4)
  const months = ['01', '02', '03', '04', '05', '06'].map((month, i) => ({ from: `${year}-${month}-01`, to: `${year}-${month}-28`, label: `${i + 1}月` }))
  const charts = [
    chart('figure', '按时完成率', '%', { measure: 'review.concluded_count', points: [point(`${year}年`, '96.80', { from: `${year}-01-01`, to: today })] }),
    chart('months', '每月审减额', '万元', { measure: 'review.savings', points: months.map(({ label, ...span }, i) => point(label, `${60 + ((i * 37) % 50)}.50`, span)) }),
    chart('curve', '预算执行进度', '%', { measure: 'execution.paid', points: months.map(({ label, ...span }, i) => point(label, `${(i + 1) * 7}.20`, { ...span, even: `${((i + 1) * 8.3).toFixed(2)}`, amount: `${(i + 1) * 70}.00` })) }),
    chart('groups', '在审项目类别', '条', { type: own[0].type, by: 'kind', view: 'open', points: [point('结算', '12', { code: 'settlement' }), point('预算', '5', { code: 'budget' })] }),
  ]
  return { desk, label: own[0].desk_label, types: own.map(({ type, label }) => ({ type, label, records: records.get(type).length, keep: true })), ...whole, charts }
}
/** Answers what is about ledgers; true where it did. */
export async function ledgerRoute(request, response, path, query) {
  const parts = path.split('/').slice(1).map(decodeURIComponent)
  if (!['ledgers', 'measures', 'desks'].includes(parts[0])) return false
  const say = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  const refuse = (status, code, detail, context) => say(status, { type: `about:${code}`, title: detail, status, code, detail, ...(context && { context }) })
  const file = (name, bytes) => response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }).end(bytes)
  if (parts[0] === 'desks') {
    const answered = deskPage(parts[1])
    return answered ? say(200, answered) : refuse(404, 'not-found', '没有这个业务。'), true
  }
  if (parts[0] === 'measures') {
    if (!parts[1]) return say(200, { measures: measures.map(({ id, label, unit, desk, projects: narrows }) => ({ id, label, unit, desk, desk_label: declared.find((one) => one.desk === desk).desk_label, projects: narrows })) }), true
    if (parts[1] === 'verify') return say(200, verify(JSON.parse(await bytesOf(request)))), true
    const measure = measures.find(({ id }) => id === parts[1])
    if (!measure) return refuse(404, 'not-found', '没有这个指标。'), true
    if (parts[2] === 'receipt') return file(`${measure.label}数据来源.json`, JSON.stringify(receipt(measure, query))), true
    const { whole, used } = figure(measure, query)
    if (parts[2] !== 'records') return say(200, whole), true
    const list = used[query.get('list')] ?? []
    const offset = Number(query.get('offset') ?? 0)
    say(200, { total: list.length, items: list.slice(offset, offset + Number(query.get('limit') ?? 20)).map(({ one, reason }) => ({ type: measure.type, type_label: typeOf(measure.type).label, id: one.id, revision: now(one).revision, title: titleOf(measure.type, one), reason, values: shownValues(measure.type, now(one).values) })) })
    return true
  }
  if (!parts[1]) {
    const desks = []
    for (const { desk, desk_label, type, label } of declared) {
      if (!desks.some((one) => one.desk === desk)) desks.push({ desk, label: desk_label, types: [] })
      desks.find((one) => one.desk === desk).types.push({ type, label, records: records.get(type).length, keep: true })
    }
    return say(200, { desks }), true
  }
  const of = typeOf(parts[1])
  if (!of) return refuse(404, 'not-found', '没有这个台账。'), true
  const { type } = of
  if (!parts[2]) return say(200, { views: [], actions: [], limits: [], documents: [], state: null, ...of, keep: true, measures: (of.measures ?? []).map((id) => ({ id, label: measures.find((one) => one.id === id).label })) }), true
  if (parts[2] === 'export') return file(`${of.label}.${query.get('as')}`, found(type, query).map((one) => JSON.stringify(now(one).values)).join('\n')), true
  if (parts[2] === 'import') return say(200, take(type, fileIn(await bytesOf(request)), { check: query.get('check') === '1', skip_bad: query.get('skip_bad') === '1', create_missing: query.get('create_missing') === '1' })), true
  if (!parts[3] && request.method === 'GET') {
    const list = found(type, query)
    const totals = {}
    for (const { name, type: kind, computed } of of.fields) if (kind === 'amount' && !computed) totals[name] = list.reduce((sum, one) => sum + Number(now(one).values[name] ?? 0), 0).toFixed(2)
    const offset = Number(query.get('offset') ?? 0)
    return say(200, { total: list.length, totals, items: list.slice(offset, offset + Number(query.get('limit') ?? 50)).map((one) => answer(type, one)) }), true
  }
  const one = records.get(type).find(({ id }) => id === parts[3])
  if (parts[3] && !one) return refuse(404, 'not-found', '没有这条记录。'), true
  if (request.method === 'GET' && parts[4] === 'documents') return say(200, { documents: type === 'review_case' ? [{ name: 'handover', label: '资料交接单' }, { name: 'supplement', label: '补正通知' }] : [] }), true
  if (request.method === 'GET' && parts[4] === 'deadlines') {
    const [due] = answer(type, one).due
    const start = now(one).values.accepted_on
    const steps = []
    for (let at = Date.parse(start) + 86_400_000, n = 0; n < 30; at += 86_400_000) {
      const off = [0, 6].includes(new Date(at).getUTCDay())
      steps.push({ date: new Date(at).toISOString().slice(0, 10), weekday: `星期${'日一二三四五六'[new Date(at).getUTCDay()]}`, name: off ? '休息日' : null, paused: false, counted: off ? null : ++n, provisional: false })
    }
    return say(200, { rule: due.label, start, days: 30, count: 'work_days', pauses: [], due: steps.at(-1).date, provisional: false, steps }), true
  }
  if (request.method === 'GET') return say(200, detail(type, one)), true
  if (one && request.headers['if-match'] !== `"${now(one).revision}"`) return refuse(412, 'stale-revision', '别人刚刚改过。'), true
  const asked = JSON.parse(await bytesOf(request))
  const values = { ...(one ? now(one).values : of.state && { [of.state]: of.fields.find(({ name }) => name === of.state).choices[0].code }), ...asked.values }
  const action = asked.action ? of.actions.find(({ name }) => name === asked.action) : null
  const wrong = [...faults(type, values), ...(action?.required ?? []).filter((name) => !values[name]).map((name) => [name, '没有填'])]
  if (wrong.length) return refuse(422, 'invalid-record', `有 ${wrong.length} 处没有填对。`, wrong.map(([name, reason]) => `${name}: ${reason}`)), true
  if (action) values[of.state] = action.to
  const stored = put(type, values, action?.name ?? (one ? 'edit' : 'add'), asked.why ?? null, one)
  return say(one ? 200 : 201, answer(type, stored)), true
}
