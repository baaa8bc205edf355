// Where this browser keeps what was not stored yet. A closed window or a dead machine loses nothing, and nobody is shown another person's.
import type { Draft } from '@/forms/draft'

export interface Shelf {
  put(draft: Draft): Promise<void>
  /** Of this person alone; of one submission, or of all. */
  of(person: string, submission?: string): Promise<Draft[]>
  drop(drafts: Pick<Draft, 'person' | 'submission' | 'window'>[]): Promise<void>
}

const kept_days = 180

/** IndexedDB; written through to the disk, so that a power cut takes no more than the last moment. */
class BrowserShelf implements Shelf {
  private opened: Promise<IDBDatabase> | null = null

  private open(): Promise<IDBDatabase> {
    this.opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('jiheng', 1)
      request.onupgradeneeded = () => void request.result.createObjectStore('drafts', { keyPath: ['person', 'submission', 'window'] })
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('indexedDB'))
    })
    return this.opened
  }
  private async write(work: (store: IDBObjectStore) => void): Promise<void> {
    const database = await this.open()
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('drafts', 'readwrite', { durability: 'strict' })
      work(transaction.objectStore('drafts'))
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB'))
    })
  }
  put(draft: Draft): Promise<void> {
    return this.write((store) => store.put(draft))
  }
  async of(person: string, submission?: string): Promise<Draft[]> {
    const database = await this.open()
    const first = submission === undefined ? [person] : [person, submission]
    const found = await new Promise<Draft[]>((resolve, reject) => {
      // An array sorts behind every text: all keys that begin so.
      const request = database.transaction('drafts').objectStore('drafts').getAll(IDBKeyRange.bound(first, [...first, []]))
      request.onsuccess = () => resolve(request.result as Draft[])
      request.onerror = () => reject(request.error ?? new Error('indexedDB'))
    })
    const oldest = new Date(Date.now() - kept_days * 86_400_000).toISOString()
    const old = found.filter((draft) => draft.at < oldest)
    if (old.length > 0) await this.drop(old)
    return found.filter((draft) => draft.at >= oldest)
  }
  drop(drafts: Pick<Draft, 'person' | 'submission' | 'window'>[]): Promise<void> {
    return drafts.length === 0 ? Promise.resolve() : this.write((store) => drafts.forEach((one) => store.delete([one.person, one.submission, one.window])))
  }
}

export const shelf: Shelf = new BrowserShelf()

/** Pages with work in hand put it on the shelf at once when somebody is about to log out. */
export const in_hand = new Set<() => Promise<void>>()
export const layDown = (): Promise<unknown> => Promise.all([...in_hand].map((one) => one()))
