import type { MemoryFigures } from '@/bench/memory'
import { table } from './table'

/** What stays in memory. `how`: on what it was taken. */
export function memorySection(figures: MemoryFigures, how: string): string {
  const { events, heap_limit_mb, rss_mb, last_to_first, ratio_to_floor } = figures
  const steps = rss_mb.ours.map((_, n) => (events / rss_mb.ours.length) * (n + 1))
  const row = (words: string, side: 'ours' | 'floor') => [
    words,
    ...rss_mb[side].map(String),
    `${last_to_first[side]}`,
  ]
  return [
    '## Memory',
    `Resident megabytes of a server whose heap may not exceed ${heap_limit_mb} MB, after so many events over 24 connections. Once, not in rounds: what leaks is larger at the end than after the first fifth. At the end ours has ${ratio_to_floor} times what the floor has.`,
    how,
    table(
      ['side', ...steps.map((step) => step.toLocaleString('en')), 'last × first'],
      [row('ours, acknowledged only', 'ours'), row('the floor', 'floor')],
    ),
  ].join('\n\n')
}
