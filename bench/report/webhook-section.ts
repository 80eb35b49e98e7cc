import type { SideName, WebhookFigures } from '@/bench/webhook'
import { table } from './table'
import { type Goal, webhookGoals } from './webhook-goals'

/** The webhook beside its floor and its peers. `how`: on what it was taken. */
export function webhookSection(figures: WebhookFigures, how: string): string {
  const rows = Object.entries(SIDES).map(([key, words]) => {
    // Safe: the keys of SIDES are those of the figures.
    const side = key as SideName
    const cell = (name: keyof WebhookFigures) => `${figures[name][side] ?? '–'}`
    return [
      words,
      cell('cpu_ratio_to_floor'),
      cell('cpu_ms'),
      cell('per_second_ratio_to_floor'),
      cell('p50_ms'),
      cell('p99_ms'),
    ]
  })
  return [
    '## The webhook',
    'Each side is a production build of Next that gets the same signed bodies of 5.3 KB over 24 connections. CPU is that of the server process per event, as the operating system counts it, until all that follows the answers is done; times are those of the answer. The floor verifies with the SDK and writes one row with one statement. The peers believe what the event says and keep no inbox, audit or retry; so the change is one that no email of ours follows.',
    how,
    table(['side', 'CPU × floor', 'CPU ms', 'rate × floor', 'p50 ms', 'p99 ms'], rows),
    'What must hold in each run:',
    table(['goal', 'found', 'bound', 'holds'], webhookGoals(figures).map(goalRow)),
  ].join('\n\n')
}

function goalRow({ words, found, bound, holds }: Goal): string[] {
  return [words, `${found ?? '–'}`, `≤ ${bound}`, holds ? 'yes' : 'no']
}

const SIDES: Record<SideName, string> = {
  empty: 'an empty handler',
  floor: 'the floor',
  ack: 'ours, acknowledged only',
  whole1: 'ours, the whole path, one event a customer',
  whole10: 'ours, the whole path, ten events a customer',
  duplicates: 'ours, duplicates',
  better_auth: '`@better-auth/stripe` 1.7.6',
  sync_engine: '`@supabase/stripe-sync-engine` 0.48.5',
}
