import type { AccessFigures } from '@/bench/access'
import { table } from './table'

/** What `can` costs. `how`: on what it was taken. */
export function accessSection(figures: AccessFigures, how: string): string {
  const rows = Object.entries(QUESTIONS).map(([key, words]) => {
    // Safe: the keys of QUESTIONS are those of the figures.
    const { round_trips, ratio_to_floor, p50_ms, p99_ms } = figures[key as keyof AccessFigures]
    return [words, ...[round_trips, ratio_to_floor, p50_ms, p99_ms].map(String)]
  })
  return [
    '## The access check',
    'Whether a workspace may use a feature, which a product asks in each request: `can`, in a process of its own, one question after the other. The floor is one `select 1` over the same connection, in turns with the questions. Round trips are those to Postgres, counted on the wire.',
    how,
    table(['question', 'round trips', '× floor', 'p50 ms', 'p99 ms'], rows),
  ].join('\n\n')
}

const QUESTIONS: Record<keyof AccessFigures, string> = {
  floor: 'the floor',
  cold: 'the first of a request',
  warm: 'the next of the same request',
}
