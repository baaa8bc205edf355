// The import under way. It outlives the page that began it, so that one can look at a submission while the rest come in.
import { computed, reactive } from 'vue'
import { api, ApiProblem, sendFiles } from '@/api/client'
import type { ImportFile, ImportJob } from '@/api/types'

export interface NamedFile {
  name: string
  file: File
}

interface State {
  phase: 'idle' | 'sending' | 'running' | 'over' | 'failed'
  sending: number
  share: number
  job: ImportJob | null
  message: string
  /** Counts up whenever a file has come in; the list reloads by it. */
  arrivals: number
}

export const imports = reactive<State>({ phase: 'idle', sending: 0, share: 0, job: null, message: '', arrivals: 0 })
export const importing = computed(() => imports.phase === 'sending' || imports.phase === 'running')

let abort: (() => void) | null = null
let events: EventSource | null = null

export async function startImport(files: NamedFile[]): Promise<void> {
  if (importing.value || files.length === 0) return
  Object.assign(imports, { phase: 'sending', sending: files.length, share: 0, job: null, message: '' })
  const sent = sendFiles(files, (share) => (imports.share = share))
  abort = sent.abort
  try {
    const { id } = await sent.done
    imports.phase = 'running'
    imports.job = await api.importJob(id)
    if (imports.job.state === 'running') listen(id)
    else finish(imports.job)
  } catch (failure) {
    imports.phase = 'failed'
    imports.message = failure instanceof ApiProblem ? failure.message : String(failure)
  } finally {
    abort = null
  }
}

function listen(id: string): void {
  events = new EventSource(api.importEvents(id))
  events.addEventListener('file', (event) => {
    const entry = JSON.parse((event as MessageEvent<string>).data) as ImportFile & { index: number }
    const job = imports.job
    if (!job) return
    job.files[entry.index] = entry
    job.finished = job.files.filter((file) => file.state !== 'waiting').length
    if (entry.state === 'imported') imports.arrivals++
  })
  events.addEventListener('done', (event) => finish(JSON.parse((event as MessageEvent<string>).data) as ImportJob))
  events.onerror = () => {
    events?.close()
    void poll(id)
  }
}

/** A proxy that swallows events, or a dropped connection: ask instead. */
async function poll(id: string): Promise<void> {
  while (imports.phase === 'running' && imports.job?.id === id) {
    try {
      const job = await api.importJob(id)
      if (job.state !== 'running') return finish(job)
      imports.job = job
    } catch (failure) {
      imports.phase = 'failed'
      imports.message = failure instanceof ApiProblem ? failure.message : String(failure)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

function finish(job: ImportJob): void {
  events?.close()
  events = null
  imports.job = job
  imports.phase = 'over'
  imports.arrivals++
}

export async function cancelImport(): Promise<void> {
  abort?.()
  if (imports.phase !== 'running' || !imports.job) return
  try {
    const job = await api.cancelImport(imports.job.id)
    if (job.state !== 'running') finish(job)
  } catch (failure) {
    imports.message = failure instanceof ApiProblem ? failure.message : String(failure)
  }
}

export function dismissImport(): void {
  if (!importing.value) Object.assign(imports, { phase: 'idle', job: null, message: '' })
}

/** Locks and leavings of office programs and file managers, which nobody means to send. */
const litter = /^(~\$|\.)|^(thumbs\.db|desktop\.ini)$/i
const wanted = (name: string): boolean => !litter.test(name.split('/').at(-1) ?? '')

export function fromInput(list: FileList | null): NamedFile[] {
  return [...(list ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file })).filter(({ name }) => wanted(name))
}

/** Everything dropped, folders opened. */
export async function fromDrop(transfer: DataTransfer): Promise<NamedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const found = entries.length > 0 ? (await Promise.all(entries.map(filesOf))).flat() : [...transfer.files].map((file) => ({ name: file.name, file }))
  return found.filter(({ name }) => wanted(name))
}

async function filesOf(entry: FileSystemEntry): Promise<NamedFile[]> {
  const name = entry.fullPath.replace(/^\//, '')
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ name, file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const files: NamedFile[] = []
  // A reader hands out a folder in portions of a hundred, an empty one at the end.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return files
    for (const inner of portion) files.push(...(await filesOf(inner)))
  }
}
