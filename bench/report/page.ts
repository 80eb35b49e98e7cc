import type { Measured } from '@/bench/measure-all'
import type { SideName, WebhookFigures } from '@/bench/webhook'
import type { machine } from './machine'

type Result = Measured & { machine: ReturnType<typeof machine>; rounds: number }

/** docs/benchmarks.md: the figures, and on what they were taken. */
export function benchmarksPage(result: Result): string {
  const { cpu, cores, memory_gb, os, node } = result.machine
  return [
    '# Benchmarks',
    '`npm run bench` writes this page. Everything runs on one machine: the servers, their callers, one Postgres, Redis and the sandbox. So a time says little, and a ratio says something: the sides take turns within each round, and what is shown is the median of the rounds.',
    `Taken on: ${cpu}, ${cores} cores, ${memory_gb} GB, ${os}, Node ${node}; ${result.rounds} rounds.`,
    ...(result.webhook ? webhook(result.webhook) : []),
    ...others(result),
  ]
    .join('\n\n')
    .concat('\n')
}

function webhook(figures: WebhookFigures): string[] {
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
    'Each side is a production build of Next that gets the same signed bodies of 5.3 KB over 24 connections. CPU is that of the server process per event, as the operating system counts it, until all that follows the answers is done; times are those of the answer. The floor verifies with the SDK and writes one row with one statement. The peers believe what the event says and keep no inbox, audit or retry.',
    table(['side', 'CPU × floor', 'CPU ms', 'rate × floor', 'p50 ms', 'p99 ms'], rows),
  ]
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

function others(result: Result): string[] {
  const rows = flat(result, ['reader', 'pages', 'access', 'cold_start', 'sandbox', 'memory'])
  if (rows.length === 0) return []
  return [
    '## The rest',
    '`reader`: from an event’s first byte until somebody who asks `/api/billing/status` sees what it was about. `pages`: four at a time; `js_bytes` is the JavaScript as it travels. `cold_start`: a new process, its import of the webhook’s bundle, and its first answer. `sandbox`: a thousand renewals at once. `access`: whether a workspace may use a feature, which a product asks in each request: the first question of a request and the next, in a process of its own, beside one `select 1` over the same connection.',
    table(['figure', 'value'], rows),
  ]
}

function flat(result: Result, sections: (keyof Measured)[]): string[][] {
  const rows: string[][] = []
  const walk = (name: string, value: unknown) => {
    if (value === null) return
    if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(Object(value))) walk(`${name}.${key}`, inner)
    } else rows.push([`\`${name}\``, Array.isArray(value) ? value.join(', ') : `${value}`])
  }
  for (const section of sections) walk(section, result[section])
  return rows
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((cell, n) =>
    Math.max(...[cell, ...rows.map((row) => row[n] ?? '')].map((c) => c.length), 3),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
