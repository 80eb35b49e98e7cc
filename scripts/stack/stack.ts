import type { Part } from './part'

export type Stack = {
  /**
   * Starts a part and takes charge of it: it is stopped with the rest, even when another fails.
   * @throws when the stack is stopping already
   */
  bring<P extends Part>(start: () => Promise<P>): Promise<P>
  /** Resolves with a sentence when a part ends without being asked. */
  ended: Promise<string>
  /** Stops the parts, the last that came first. Safe to call again and while parts still start. */
  stop(): Promise<void>
}

/** An empty stack. */
export function createStack(): Stack {
  const starting = new Set<Promise<Part>>()
  const parts: Part[] = []
  let stopped: Promise<void> | undefined
  let announce: (sentence: string) => void = () => {}
  const ended = new Promise<string>((resolve) => {
    announce = resolve
  })
  return {
    ended,
    async bring(start) {
      if (stopped) throw new Error('The stack is stopping.')
      const promise = start()
      starting.add(promise)
      const part = await promise
      parts.unshift(part)
      void part.ended.then((sentence) => stopped ?? announce(sentence))
      return part
    },
    stop() {
      stopped ??= (async () => {
        await Promise.allSettled(starting)
        for (const part of parts) await part.stop()
      })()
      return stopped
    },
  }
}
