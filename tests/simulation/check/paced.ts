import { WINDOW_MS } from '@/tests/harness/debounce-window'
import type { MemoryLedger } from '@/tests/simulation/memory-ledger'

/**
 * A read for events begins at least a window after the one before, whichever process asked for that: so a
 * burst costs one read that leads and one that trails, and only a person is served in between.
 */
export function paced({ reads }: Pick<MemoryLedger, 'reads'>): string[] {
  const last = new Map<string, number>()
  const wrong: string[] = []
  for (const { key, at, person } of reads) {
    const before = last.get(key)
    if (!person && before !== undefined && at - before < WINDOW_MS) {
      wrong.push(`${key} was read ${at - before} ms after its last read.`)
    }
    last.set(key, at)
  }
  return wrong
}
