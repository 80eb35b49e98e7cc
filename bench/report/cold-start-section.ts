import type { ColdStart } from '@/bench/cold-start'
import { table } from './table'

/** What a new process costs. `how`: on what it was taken. */
export function coldStartSection(figures: ColdStart, how: string): string {
  const rows = Object.entries(ROWS).map(([key, words]) => {
    // Safe: the keys of ROWS are those of the figures.
    const { import_ms, bundle_bytes, first_answer_ms } = figures[key as keyof ColdStart]
    return [words, ...[import_ms, bundle_bytes, first_answer_ms].map(String)]
  })
  return [
    '## A cold start',
    'A new process, ours and the floor’s in turns: how long the import of the webhook’s bundle takes, how large that is, and how long it is from the start of `next start` to the answer to a first event.',
    how,
    table(['side', 'import ms', 'bundle bytes', 'first answer ms'], rows),
  ].join('\n\n')
}

const ROWS: Record<keyof ColdStart, string> = {
  ours: 'ours',
  floor: 'the floor',
  ratio: 'ours × floor',
}
