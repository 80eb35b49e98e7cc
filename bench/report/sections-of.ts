import type { Measured } from '@/bench/measure-all'
import { accessSection } from './access-section'
import { coldStartSection } from './cold-start-section'
import { type machine, takenOn } from './machine'
import { memorySection } from './memory-section'
import { pagesSection } from './pages-section'
import { readerSection } from './reader-section'
import { sandboxSection } from './sandbox-section'
import { webhookSection } from './webhook-section'

export type Result = Measured & { machine: ReturnType<typeof machine>; rounds: number }

/** A section of docs/benchmarks.md for each that was measured: each says on what, because it can be measured alone. */
export function sectionsOf(result: Result): string[] {
  const { webhook, access, reader, pages, cold_start, memory, sandbox } = result
  const how = takenOn(result)
  return [
    webhook && webhookSection(webhook, how),
    reader && readerSection(reader, how),
    pages && pagesSection(pages, how),
    access && accessSection(access, how),
    cold_start && coldStartSection(cold_start, how),
    memory && memorySection(memory, how),
    sandbox && sandboxSection(sandbox, how),
  ].flatMap((section) => section ?? [])
}
