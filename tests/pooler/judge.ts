import type { Check } from '@/tests/harness/print-checks'
import type { Run } from './run'

// What a person may wait for a page that cannot be shown: its patience, and what a busy machine adds.
const ANSWERED_MS = 16_000

const WELL_AGAIN_MS = 10_000

/** Compares what happened behind each pooler with what was promised. */
export function judge(runs: readonly Run[]): Check[] {
  return [
    // breakage: backends of a pooler are cut or fall silent, or the connections to it do | requests that need them fail within seconds; ten seconds later all is well
    {
      name: 'within ten seconds of each fault all is well again',
      ...holding(
        runs.flatMap(({ name, recoveries }) =>
          recoveries
            .filter(({ ms }) => ms > WELL_AGAIN_MS)
            .map(({ fault, ms }) => `${name}: ${fault}, and not well for ${seconds(ms)}`),
        ),
      ),
    },
    // breakage: a person or a program asks while connections are silent | they are answered, well or with what to do, within seconds
    {
      name: 'no request waits for an answer that does not come',
      ...holding(
        runs
          .filter(({ slowest }) => slowest > ANSWERED_MS)
          .map(({ name, slowest }) => `${name}: an answer took ${seconds(slowest)}`),
      ),
    },
    // breakage: a visitor signs in and buys while connections break | they reload, and have their plan
    {
      name: 'every visitor who signs in and buys has their plan',
      ...holding(
        runs.flatMap(({ name, visitors }) => visitors.failed.map((one) => `${name}: ${one}`)),
      ),
    },
    // breakage: deliveries of Stripe meet connections that break or fall silent | they are answered 503 and come again; nothing is lost, nothing happens twice
    {
      name: 'nothing is lost, doubled or left over',
      ...holding(
        runs.flatMap(({ name, wrong, left }) => [
          ...wrong.slice(0, 5).map((one) => `${name}: ${one}`),
          ...(left > 0 ? [`${name}: ${left} still wait`] : []),
        ]),
      ),
    },
  ]
}

/** A run in one line. */
export function inNumbers({
  name,
  answers,
  deliveries,
  recoveries,
  slowest,
  visitors,
}: Run): string {
  const times = recoveries.map(({ ms }) => ms).sort((a, b) => a - b)
  const median = times[Math.floor(times.length / 2)] ?? 0
  const said = [...answers].map(([status, n]) => `${n} × ${status}`).join(', ')
  return `${name}: ${deliveries} deliveries (${said}), ${times.length} faults, well again after ${seconds(median)} (median) and ${seconds(times.at(-1) ?? 0)} (worst), slowest answer ${seconds(slowest)}, ${visitors.bought} bought`
}

function holding(problems: string[]): Omit<Check, 'name'> {
  return { holds: problems.length === 0, detail: problems.join('\n      ') || 'all of it' }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
