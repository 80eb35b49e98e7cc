import type { SideName, WebhookFigures } from '@/bench/webhook'

export type Goal = { words: string; found: number | null; bound: number; holds: boolean }

const OURS: readonly SideName[] = ['ack', 'duplicates', 'whole1', 'whole10']
const PEERS: readonly SideName[] = ['better_auth', 'sync_engine']

/** What the webhook must hold in each run. A peer that could not be installed is no goal. */
export function webhookGoals({ cpu_ratio_to_floor: cpu, p99_ms }: WebhookFigures): Goal[] {
  const peers = PEERS.flatMap((name) => p99_ms[name] ?? [])
  const slowest = Math.max(...OURS.flatMap((name) => p99_ms[name] ?? []))
  const goals: (Goal | null)[] = [
    atMost('Acknowledging an event costs at most 1.3 times the floor', cpu.ack, 1.3),
    atMost('The whole path, ten events a customer, at most twice the floor', cpu.whole10, 2),
    cpu.better_auth === null
      ? null
      : atMost('And no more than `@better-auth/stripe`', cpu.whole10, cpu.better_auth),
    peers.length === 0
      ? null
      : atMost(
          'The p99 of each of ours is no later than that of any peer',
          slowest,
          Math.min(...peers),
        ),
  ]
  return goals.flatMap((goal) => goal ?? [])
}

function atMost(words: string, found: number | null, bound: number): Goal {
  return { words, found, bound, holds: found !== null && found <= bound }
}
