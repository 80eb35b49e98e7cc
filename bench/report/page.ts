import type { AccessFigures } from '@/bench/access'
import type { Measured } from '@/bench/measure-all'
import type { SideName, WebhookFigures } from '@/bench/webhook'
import type { machine } from './machine'

type Result = Measured & { machine: ReturnType<typeof machine>; rounds: number }

/** docs/benchmarks.md: the figures, and on what they were taken. */
export function benchmarksPage(result: Result): string {
  return [
    '# Benchmarks',
    '`npm run bench` writes this page. Everything runs on one machine: the servers, their callers, one Postgres, Redis and the sandbox. So a time says little, and a ratio says something: the sides take turns within each round, and what is shown is the median of the rounds.',
    takenOn(result),
    ...(result.webhook ? [webhookSection({ ...result, webhook: result.webhook })] : []),
    ...(result.access ? [accessSection({ ...result, access: result.access })] : []),
    ...others(result),
  ]
    .join('\n\n')
    .concat('\n')
}

export function takenOn({
  machine: { cpu, cores, memory_gb, os, node },
  rounds,
}: Pick<Result, 'machine' | 'rounds'>): string {
  return `Taken on: ${cpu}, ${cores} cores, ${memory_gb} GB, ${os}, Node ${node}; ${rounds} rounds.`
}

/** The section of the webhook beside its floor and its peers. */
export function webhookSection(result: Result & { webhook: WebhookFigures }): string {
  const { webhook: figures } = result
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
    takenOn(result),
    table(['side', 'CPU × floor', 'CPU ms', 'rate × floor', 'p50 ms', 'p99 ms'], rows),
  ].join('\n\n')
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

/** The section of what `can` costs: it can be measured by itself, so it says on what. */
export function accessSection(result: Result & { access: AccessFigures }): string {
  const rows = Object.entries(QUESTIONS).map(([key, words]) => {
    // Safe: the keys of QUESTIONS are those of the figures.
    const { round_trips, ratio_to_floor, p50_ms, p99_ms } =
      result.access[key as keyof AccessFigures]
    return [words, ...[round_trips, ratio_to_floor, p50_ms, p99_ms].map(String)]
  })
  return [
    '## The access check',
    'Whether a workspace may use a feature, which a product asks in each request: `can`, in a process of its own, one question after the other. The floor is one `select 1` over the same connection, in turns with the questions. Round trips are those to Postgres, counted on the wire.',
    takenOn(result),
    table(['question', 'round trips', '× floor', 'p50 ms', 'p99 ms'], rows),
  ].join('\n\n')
}

const QUESTIONS: Record<keyof AccessFigures, string> = {
  floor: 'the floor',
  cold: 'the first of a request',
  warm: 'the next of the same request',
}

/** The page with this section in the place of the one of the same title, or at its end. */
export function withSection(page: string, section: string): string {
  const [title] = section.split('\n')
  const parts = page.trim().split(/\n\n(?=## )/)
  const at = parts.findIndex((part) => part.split('\n')[0] === title)
  return `${parts.toSpliced(at < 0 ? parts.length : at, at < 0 ? 0 : 1, section).join('\n\n')}\n`
}

function others(result: Result): string[] {
  const rows = flat(result, ['reader', 'pages', 'cold_start', 'sandbox', 'memory'])
  if (rows.length === 0) return []
  return [
    '## The rest',
    '`reader`: from an event’s first byte until a client that asks `/api/billing/status` sees what it was about. `pages`: four at a time; `js_bytes` is the JavaScript as it travels. `cold_start`: a new process, its import of the webhook’s bundle, and its first answer. `sandbox`: a thousand renewals at once.',
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

/** A table as Biome formats it. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((cell, n) =>
    Math.max(...[cell, ...rows.map((row) => row[n] ?? '')].map((c) => c.length), 3),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
