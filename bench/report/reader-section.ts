import type { ReaderFigures } from '@/bench/reader'
import { table } from './table'

/** How soon a change is seen. `how`: on what it was taken. */
export function readerSection(figures: ReaderFigures, how: string): string {
  const { ratio_to_floor_answer, floor_answer_ms, p50_ms, p99_ms } = figures
  const cells = [ratio_to_floor_answer, p50_ms, p99_ms, floor_answer_ms].map(String)
  return [
    '## From an event to a reader',
    'From an event’s first byte until a client that asks `/api/billing/status` over and over sees what it was about: stored, answered, read at Stripe and committed in between. One customer after the other, in turns with the floor’s answer to one event.',
    how,
    table(['× the floor’s answer', 'p50 ms', 'p99 ms', 'the floor’s answer, p50 ms'], [cells]),
  ].join('\n\n')
}
