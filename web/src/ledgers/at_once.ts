/** Does the same for many, so many at once, so that nobody else waits; the answers stand in the order of the things. */
export async function atOnce<T, R>(things: readonly T[], most: number, work: (thing: T, index: number) => Promise<R>): Promise<R[]> {
  const answers: R[] = new Array<R>(things.length)
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < things.length) {
      const at = next++
      answers[at] = await work(things[at] as T, at)
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, worker))
  return answers
}
