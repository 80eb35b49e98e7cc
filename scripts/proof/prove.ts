import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { takeLock } from '@/scripts/stack/lock'
import { dataPath, ROOT } from '@/scripts/stack/paths'
import { createStack, type Stack } from '@/scripts/stack/stack'
import type { Counts } from '@/scripts/test/counts'

export type Proof = {
  /** Names its lock and its data under `.data/`, and its counts under `.cache/`. */
  name: string
  /** What its command line holds, to distinguish it from another program with its pid. */
  program: string
  /** What is under way when another has the lock, as a sentence without its full stop. */
  underWay: string
  /** An exit code in the place of counts, where they are written already. */
  work(stack: Stack): Promise<Counts | number>
}

/**
 * The frame of whatever proves something on a stack of its own: one at a time in a checkout, and
 * however it ends (done, failed, asked to by a signal, or because a part of the stack ended), the
 * stack is stopped, the lock is released, and what failed is said.
 * @returns the exit code; counts are kept in `.cache/`, where `npm test` reads them
 */
export async function prove({ name, program, underWay, work }: Proof): Promise<number> {
  const stack = createStack()
  const asked = new Promise<number>((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(1))
  })
  try {
    const lock = takeLock(dataPath(`${name}.json`), program, ({ pid }) => {
      return `${underWay} in this checkout (process ${pid}). Wait for its end.`
    })
    try {
      const end = await Promise.race([asked, work(stack), stack.ended])
      if (typeof end === 'string') throw new Error(end)
      return typeof end === 'number' ? end : keep(name, end)
    } finally {
      await stack.stop()
      lock.release()
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function keep(name: string, { passed, failed }: Counts): number {
  const file = join(ROOT, '.cache', `${name}.json`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ numPassedTests: passed, numFailedTests: failed }))
  return failed === 0 ? 0 : 1
}
