import type { SandboxFigures } from '@/bench/sandbox'
import { table } from './table'

/** What the sandbox costs. `how`: on what it was taken. */
export function sandboxSection(figures: SandboxFigures, how: string): string {
  const rows = Object.entries(WORDS).flatMap(([name, words]) => {
    const value = figures[name]
    return value === undefined ? [] : [[words, `${value}`]]
  })
  return [
    '## The sandbox',
    'The local Stripe by itself: a thousand customers subscribe, and a jump of its clock renews all of them, with a webhook endpoint and its journal on disk. The floor has its turn in each round; how often its one event goes into a renewal is a ratio of CPU.',
    how,
    table(['figure', 'value'], rows),
  ].join('\n\n')
}

const WORDS: Record<string, string> = {
  renewal_cpu_ratio_to_floor: 'one renewal, CPU × floor',
  renew_ms: 'a thousand renewals, ms',
  renew_cpu_ms: 'a thousand renewals, ms of CPU',
  subscribe_ms: 'a thousand purchases, ms',
  subscribe_cpu_ms: 'a thousand purchases, ms of CPU',
  reset_ms: 'a reset of all of it, ms',
  peak_mb: 'memory at its peak, MB',
  first_answer_ms: 'from its start to its first answer, ms',
}
