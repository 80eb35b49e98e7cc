import { expect, test } from 'vitest'
import { SECTIONS, type Section } from '@/bench/options'
import { type Result, sectionsOf } from './sections-of'

const timed = { p50_ms: 1, p99_ms: 2, p50_ratio_to_floor: 3, cpu_ratio_to_floor: 4 }
const weighed = { ...timed, html_bytes: 5, js_bytes: 6, js_ratio_to_empty_page: 7 }
const question = { round_trips: 1, p50_ms: 2, p99_ms: 3, ratio_to_floor: 4 }
const cold = { import_ms: 1, bundle_bytes: 2, first_answer_ms: 3 }
const sides = {
  ...{ empty: 1, floor: 2, ack: 3, whole1: 4, whole10: 5, duplicates: 6 },
  ...{ better_auth: null, sync_engine: 7 },
}

const FIGURES = {
  webhook: {
    ...{ cpu_ratio_to_floor: sides, cpu_ms: sides, p50_ms: sides, p99_ms: sides },
    ...{ per_second: sides, per_second_ratio_to_floor: sides },
  },
  reader: { p50_ms: 1, p99_ms: 2, floor_answer_ms: 3, ratio_to_floor_answer: 4 },
  pages: { status: timed, pricing: weighed, settings_billing: weighed },
  access: { floor: question, cold: question, warm: question },
  cold_start: { ours: cold, floor: cold, ratio: cold },
  memory: {
    ...{ events: 50_000, heap_limit_mb: 192, rss_mb: { ours: [1, 2], floor: [3, 4] } },
    ...{ last_to_first: { ours: 5, floor: 6 }, ratio_to_floor: 7 },
  },
  sandbox: { renewal_cpu_ratio_to_floor: 1, renew_ms: 2 },
} satisfies Omit<Result, 'machine' | 'rounds'>

const NONE = Object.fromEntries(SECTIONS.map((name) => [name, null]))
const MACHINE = { cpu: 'a CPU', cores: 2, memory_gb: 24, os: 'Linux', node: '20' }

const measured = (figures: Partial<typeof FIGURES>) =>
  // Safe: what is not given is null, as what was not measured.
  sectionsOf({ ...NONE, ...figures, machine: MACHINE, rounds: 5 } as Result)

test.each(SECTIONS)('%s is measured alone, and is one section that says on what', (name) => {
  const [section = '', ...more] = measured({ [name]: FIGURES[name satisfies Section] })
  expect(more).toEqual([])
  expect(section).toMatch(/^## /)
  expect(section).toContain('Taken on: a CPU, 2 cores, 24 GB, Linux, Node 20; 5 rounds.')
  expect(section).not.toMatch(/undefined|NaN|\[object/)
})

test('a peer that could not be installed has no figures', () => {
  expect(measured(FIGURES)[0]).toMatch(/better-auth.*\| – +\| – /)
})
