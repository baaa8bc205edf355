// One function for each thing the server does. Everything that fails throws an ApiProblem whose detail is a sentence for people.
import type { Account, AccountLine, AccountRequest, AccountsTaken, Action, Actual, Actuals, Aspect, Beginning, Calendar, Colleague, Comparisons, Delegation, DelegationRequest, Extension, ExtensionLine, FilingYear, FilingYearRequest, GoalTable, Health, ImportJob, JournalEntry, Layout, LibraryDetail, LibraryEntry, LibraryEntryRequest, LibraryPage, LikelyUnit, LoginEvent, Mails, Me, MeasureEntry, Notice, Outcome, OutsiderLink, OutsiderLinkRequest, Overview, Pack, Post, PostLine, PostsTaken, Problem, PublicationDeadline, Publications, Report, Revision, RevisionEntry, Rule, RuleUnit, SealedForm, SecondFactor, Session, Setup, SetupLinks, State, Submission, SubmissionList, Unit, UnitLine, UnitRequest, UnitsTaken, Verification, Visit, VisitTables, Wall } from './types'
import { language } from '@/i18n'

export const base = '/api/v1'

export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
  get code(): string {
    return this.problem.code
  }
}

type Listener = () => void
const when_logged_out: Listener[] = []
/** Calls back whenever an answer says that nobody is logged in (any more). */
export const onLoggedOut = (listener: Listener): void => void when_logged_out.push(listener)

export const said = (failure: unknown): string => (failure instanceof ApiProblem ? failure.message : String(failure))

/** The server did not answer at all: it was stopped, or the machine sleeps. */
export const unreachable: Problem = {
  status: 0,
  code: 'unreachable',
  detail: '连接不上本机的绩衡服务，请确认程序仍在运行，然后重试。',
}

function problemOf(status: number, body: string): Problem {
  try {
    const parsed = JSON.parse(body) as Partial<Problem>
    if (parsed.code && parsed.detail) return { ...parsed, status, code: parsed.code, detail: parsed.detail }
  } catch {
    // Not JSON: a proxy's page, or nothing. The status alone speaks.
  }
  return { status, code: `http-${status}`, detail: `服务没有完成这次操作（状态码 ${status}），请稍后重试。` }
}

function failed(status: number, body: string): ApiProblem {
  const problem = problemOf(status, body)
  if (problem.code === 'not-logged-in') for (const listener of when_logged_out) listener()
  return new ApiProblem(problem)
}

export async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
  const init: RequestInit = { method, headers: { Accept: 'application/json', 'Accept-Language': language(), ...headers } }
  if (signal) init.signal = signal
  if (body instanceof FormData) {
    // The browser itself says what it is and where its parts end.
    init.body = body
  } else if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { ...init.headers, 'Content-Type': 'application/json' }
  }
  let response: Response
  try {
    response = await fetch(base + path, init)
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw new ApiProblem(unreachable)
  }
  if (!response.ok) throw failed(response.status, await response.text())
  return response
}

export async function json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const response = await send(method, path, body, headers, signal)
  return (await response.json()) as T
}

/** For what is answered by nothing but that it is done. */
async function done(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<void> {
  await send(method, path, body, headers)
}

export const ifMatch = (revision: number): Record<string, string> => ({ 'If-Match': `"${revision}"` })
export const part = encodeURIComponent

export interface ListQuery {
  state?: State | ''
  q?: string
  year?: string
  mine?: '1' | ''
  sort?: 'worst' | 'unit' | 'newest'
  limit?: number
  offset?: number
}

export interface LibraryQuery {
  q?: string
  level1?: string
  level2?: string
  class?: string
  kind?: string
  state?: 'in_use' | 'retired'
  sort?: 'use' | 'name' | 'newest'
  limit?: number
  offset?: number
}

/** What is empty is left out. */
export function asked(query: object): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query) as [string, string | number | undefined][]) if (value !== undefined && value !== '') params.set(name, String(value))
  return params
}

export const api = {
  health: () => json<Health>('GET', '/health'),

  submissions(query: ListQuery, signal?: AbortSignal): Promise<SubmissionList> {
    return json('GET', `/submissions?${asked(query)}`, undefined, undefined, signal)
  },
  submission: (id: string) => json<Submission>('GET', `/submissions/${part(id)}`),
  saveTables: (id: string, revision: number, tables: GoalTable[], why: string | null) =>
    json<Submission>('PUT', `/submissions/${part(id)}/tables`, { tables, why }, ifMatch(revision)),
  async act(id: string, revision: number, action: Action, opinion: string | null): Promise<Submission | null> {
    const response = await send('POST', `/submissions/${part(id)}/actions`, { action, opinion }, ifMatch(revision))
    return response.status === 204 ? null : ((await response.json()) as Submission)
  },
  revisions: (id: string) => json<RevisionEntry[]>('GET', `/submissions/${part(id)}/revisions`),
  revision: (id: string, revision: number) => json<Revision>('GET', `/submissions/${part(id)}/revisions/${revision}`),
  audit: (tables: GoalTable[], pack: string, signal?: AbortSignal) => json<Report>('POST', `/audit?pack=${part(pack)}`, { tables }, undefined, signal),
  layout: (hash: string, name: string) => json<Layout>('GET', `/attachments/${part(hash)}/layout?name=${part(name)}`),

  beginSubmission: (request: Beginning) => json<Submission>('POST', '/submissions', request),
  judge: (id: string, revision: number, table: number, aspect: Aspect, points: string | null, reason: string | null) => json<Submission>('PUT', `/submissions/${part(id)}/aspects`, { table, aspect, points, reason }, ifMatch(revision)),
  waive: (id: string, revision: number, finding: string, reason: string | null) => json<Submission>('PUT', `/submissions/${part(id)}/waivers`, { finding, reason }, ifMatch(revision)),
  propose: (id: string, revision: number, tables: GoalTable[], why: string | null) => json<Submission>('PUT', `/submissions/${part(id)}/proposal`, { tables, why }, ifMatch(revision)),
  recall: (id: string, revision: number) => json<Submission>('DELETE', `/submissions/${part(id)}/proposal`, undefined, ifMatch(revision)),
  packs: () => json<Pack[]>('GET', '/packs'),
  assignUnit: (id: string, revision: number, unit: string, remember: boolean) => json<Submission>('PUT', `/submissions/${part(id)}/unit`, { unit, remember }, ifMatch(revision)),

  years: () => json<FilingYear[]>('GET', '/years'),
  putYear: (year: number, revision: number | null, request: FilingYearRequest) => json<FilingYear>('PUT', `/years/${year}`, request, revision === null ? undefined : ifMatch(revision)),
  extendYear: (year: number, revision: number, extension: Extension) => json<FilingYear>('POST', `/years/${year}/extensions`, extension, ifMatch(revision)),
  takeExtensions: (year: number, revision: number, lines: ExtensionLine[]) => json<FilingYear>('POST', `/years/${year}/extensions/lines`, { lines }, ifMatch(revision)),
  wall: (year: number) => json<Wall>('GET', `/years/${year}/wall`),
  actOnMany: (action: Action, opinion: string | null, items: { id: string; revision: number }[]) => json<Outcome[]>('POST', '/submissions/actions', { action, opinion, items }),

  library: (query: LibraryQuery, signal?: AbortSignal) => json<LibraryPage>('GET', `/library?${asked(query)}`, undefined, undefined, signal),
  suggestIndicators: (query: LibraryQuery, signal?: AbortSignal) => json<LibraryEntry[]>('GET', `/library/suggestions?${asked(query)}`, undefined, undefined, signal),
  libraryEntry: (id: string) => json<LibraryDetail>('GET', `/library/${part(id)}`),
  /** `revision` 0: nobody wrote to it before. */
  writeLibraryEntry: (id: string, revision: number, request: LibraryEntryRequest) => json<LibraryDetail>('PUT', `/library/${part(id)}`, request, revision === 0 ? undefined : ifMatch(revision)),
  exportLibrary: (query: LibraryQuery) => `${base}/library/export?${asked(query)}`,
  comparisons: (id: string, signal?: AbortSignal) => json<Comparisons>('GET', `/submissions/${part(id)}/comparisons`, undefined, undefined, signal),
  publications: (year: number) => json<Publications>('GET', `/years/${year}/publications`),
  publicationDeadline: (id: string) => json<PublicationDeadline>('GET', `/submissions/${part(id)}/publication/deadline`),
  actOnPublications: (action: 'publish' | 'withdraw', opinion: string | null, items: { id: string; revision: number }[]) => json<Outcome[]>('POST', '/publications/actions', { action, opinion, items }),
  publicSite: (year: number) => `${base}/years/${year}/publications/site`,
  yearDocument: (year: number, document: string, to: string) => `${base}/years/${year}/documents/${document}?to=${to}`,
  submissionDocument: (id: string, document: string, to: string) => `${base}/submissions/${part(id)}/documents/${document}?to=${to}`,
  missingFonts: () => json<{ missing_fonts: string[] }>('GET', '/documents'),

  actuals: (id: string) => json<Actuals>('GET', `/submissions/${part(id)}/actuals`),
  confirmActuals: (id: string) => json<Actuals>('POST', `/submissions/${part(id)}/actuals/confirm`),
  linkActual: (id: string, actual: Actual, link: { measure: string; project: string } | null) =>
    json<Actuals>('PUT', `/submissions/${part(id)}/actuals`, { table: actual.table, indicator: actual.indicator, ...(link ?? {}) }, ifMatch(actual.link_revision)),
  measureEntries: async () => (await json<{ measures: MeasureEntry[] }>('GET', '/measures')).measures,
  overview: (year: number) => json<Overview>('GET', `/years/${year}/overview`),
  unitsWithRule: (year: number, rule: string) => json<RuleUnit[]>('GET', `/years/${year}/overview/rules/${part(rule)}`),
  notices: () => json<{ items: Notice[]; unread: number }>('GET', '/me/notices'),
  markNotices: (notices: string[]) => done('POST', '/me/notices/read', { notices }),

  sealed: (id: string) => json<SealedForm[]>('GET', `/submissions/${part(id)}/sealed`),
  async bringSealed(id: string, file: File): Promise<SealedForm> {
    const form = new FormData()
    form.append('files', file, file.name)
    return (await (await send('POST', `/submissions/${part(id)}/sealed`, form)).json()) as SealedForm
  },
  sealedFile: (id: string, number: number) => `${base}/submissions/${part(id)}/sealed/${number}`,
  calendar: (from: string, to: string) => json<Calendar>('GET', `/calendar?from=${from}&to=${to}`),
  calendarFile: (from: string, to: string) => `${base}/calendar/file?from=${from}&to=${to}`,

  me: () => json<Me>('GET', '/me'),
  logIn: (login: string, password: string, code: string | null) => done('POST', '/session', { login, password, code }),
  logOut: () => done('DELETE', '/session'),
  setUp: (setup: Setup) => json<SetupLinks>('POST', '/setup', setup),
  choosePassword: (link: string, password: string) => json<{ login: string; name: string }>('POST', '/links/password', { link, password }),
  changePassword: (old_password: string, password: string) => done('PUT', '/me/password', { old_password, password }),
  newSecondFactor: () => json<SecondFactor>('POST', '/me/second-factor'),
  keepSecondFactor: (secret: string, code: string, password: string) => done('PUT', '/me/second-factor', { secret, code, ...(password && { password }) }),
  putMail: (mail: string) => done('PUT', '/me/mail', { mail }),
  mails: (limit: number) => json<Mails>('GET', `/mails?limit=${limit}`),
  sessions: () => json<Session[]>('GET', '/me/sessions'),
  endSession: (id: string) => done('DELETE', `/me/sessions/${part(id)}`),
  newToken: (name: string, days: number, read_only: boolean) => json<{ token: string }>('POST', '/me/tokens', { name, days, read_only }),
  delegations: () => json<Delegation[]>('GET', '/delegations'),
  delegate: (request: DelegationRequest) => json<Delegation[]>('POST', '/delegations', request),
  endDelegation: (id: string) => done('DELETE', `/delegations/${part(id)}`),
  colleagues: () => json<Colleague[]>('GET', '/colleagues'),

  units: () => json<Unit[]>('GET', '/units'),
  likelyUnits: (name: string) => json<LikelyUnit[]>('GET', `/units/likely?name=${part(name)}`),
  /** A sheet's cells as they stand in the file. */
  async readSheet(file: File): Promise<Layout> {
    const form = new FormData()
    form.append('files', file, file.name)
    return (await (await send('POST', '/sheets', form)).json()) as Layout
  },
  addUnit: (unit: UnitRequest) => json<Unit>('POST', '/units', unit),
  changeUnit: (id: string, revision: number, unit: UnitRequest) => json<Unit>('PUT', `/units/${part(id)}`, unit, ifMatch(revision)),
  takeUnits: (lines: UnitLine[]) => json<UnitsTaken>('POST', '/units/lines', { lines }),

  accounts: () => json<Account[]>('GET', '/accounts'),
  takeAccounts: (lines: AccountLine[]) => json<AccountsTaken>('POST', '/accounts/lines', { lines }),
  takePosts: (lines: PostLine[]) => json<PostsTaken>('POST', '/accounts/posts/lines', { lines }),
  addAccount: (account: AccountRequest) => json<{ account: Account; link: string }>('POST', '/accounts', account),
  changeAccount: (id: string, revision: number, account: AccountRequest) => json<Account>('PUT', `/accounts/${part(id)}`, account, ifMatch(revision)),
  appoint: (id: string, revision: number, posts: Post[], why: string | null) => json<Account>('PUT', `/accounts/${part(id)}/posts`, { posts, why }, ifMatch(revision)),
  newLink: (id: string) => json<{ link: string }>('POST', `/accounts/${part(id)}/link`),
  unlock: (id: string) => done('POST', `/accounts/${part(id)}/unlock`),
  endSessions: (id: string) => done('DELETE', `/accounts/${part(id)}/sessions`),
  handOver: (from: string, to: string, day: string, why: string | null) => done('POST', '/handovers', { from, to, day, why }),

  outsiderLinks: () => json<OutsiderLink[]>('GET', '/outsider-links'),
  giveOutsiderLink: (request: OutsiderLinkRequest) => json<{ link: OutsiderLink; secret: string }>('POST', '/outsider-links', request),
  revokeOutsiderLink: (id: string) => done('DELETE', `/outsider-links/${part(id)}`),
  openVisit: (link: string) => json<Visit>('POST', '/visits', { link }),
  visitTables: (link: string, id: string) => json<VisitTables>('GET', `/visit/submissions/${part(id)}`, undefined, { 'Jiheng-Visit': link }),

  importJob: (id: string) => json<ImportJob>('GET', `/imports/${part(id)}`),
  cancelImport: (id: string) => json<ImportJob>('POST', `/imports/${part(id)}/cancel`),
  importEvents: (id: string) => `${base}/imports/${part(id)}/events`,

  rules: () => json<Rule[]>('GET', '/rules'),
  journal: (limit: number, before?: number) => json<JournalEntry[]>('GET', `/journal?limit=${limit}${before ? `&before=${before}` : ''}`),
  logins: (limit: number, before?: string) => json<LoginEvent[]>('GET', `/logins?limit=${limit}${before ? `&before=${part(before)}` : ''}`),
  verify: () => json<Verification>('POST', '/verify'),

  attachment: (hash: string, name: string) => `${base}/attachments/${part(hash)}?name=${part(name)}`,
  exportOne: (id: string, what: 'form' | 'audit', to: string) => `${base}/submissions/${part(id)}/export?what=${what}&to=${to}`,
  exportMany: (ids: string[], what: 'form' | 'audit', to: string) => `${base}/export?what=${what}&to=${to}&ids=${ids.map(part).join(',')}`,
}

/** Sends files; `progress` gets the share sent, 0 to 1. The names keep the folder a file was dropped in. */
export function sendFiles(files: { name: string; file: File }[], progress: (share: number) => void): { done: Promise<{ id: string; files: number }>; abort: () => void } {
  const request = new XMLHttpRequest()
  const done = new Promise<{ id: string; files: number }>((resolve, reject) => {
    const form = new FormData()
    for (const { name, file } of files) form.append('files', file, name)
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onerror = () => reject(new ApiProblem(unreachable))
    request.onabort = () => reject(new ApiProblem({ status: 0, code: 'aborted', detail: '已停止上传，没有导入任何文件。' }))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as { id: string; files: number })
      else reject(failed(request.status, request.responseText))
    }
    request.open('POST', `${base}/imports`)
    request.setRequestHeader('Accept-Language', language())
    request.send(form)
  })
  return { done, abort: () => request.abort() }
}

/** The address of a list as a file. */
export const listFile = (path: string, query: object): string => `${base}${path}?${asked(query)}`

/** Fetches a file made by the server and hands it to the browser's downloads under the name that the server gives. */
export async function download(address: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await send('GET', address.startsWith(base) ? address.slice(base.length) : address, undefined, { Accept: '*/*', ...headers })
  const name = fileName(response.headers.get('Content-Disposition')) ?? 'export'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  return name
}

/** The same for whoever has a link as an outsider. */
export const downloadVisit = (link: string, id: string, to: string): Promise<string> => download(`${base}/visit/submissions/${part(id)}/form?to=${to}`, { 'Jiheng-Visit': link })

export function fileName(disposition: string | null): string | null {
  if (!disposition) return null
  const extended = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (extended) {
    try {
      return decodeURIComponent(extended.trim())
    } catch {
      // A badly encoded name: the plain one serves.
    }
  }
  return /filename\s*=\s*"?([^";]+)"?/i.exec(disposition)?.[1] ?? null
}
