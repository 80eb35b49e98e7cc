import { expect, test } from 'vitest'
import type { Figures, WebhookFigures } from '@/bench/webhook'
import { webhookGoals } from './webhook-goals'

const CPU: Figures = {
  ...{ empty: 0.9, floor: 1, ack: 1.2, whole1: 3.6, whole10: 1.9, duplicates: 1.2 },
  ...{ better_auth: 2.4, sync_engine: 1.5 },
}
const P99: Figures = {
  ...{ empty: 80, floor: 75, ack: 90, whole1: 110, whole10: 95, duplicates: 85 },
  ...{ better_auth: 160, sync_engine: 115 },
}

function held(cpu: Partial<Figures> = {}, p99: Partial<Figures> = {}): boolean[] {
  const figures: WebhookFigures = {
    ...{ cpu_ratio_to_floor: { ...CPU, ...cpu }, p99_ms: { ...P99, ...p99 } },
    ...{ cpu_ms: CPU, p50_ms: P99, per_second: CPU, per_second_ratio_to_floor: CPU },
  }
  return webhookGoals(figures).map(({ holds }) => holds)
}

test('all of them hold', () => {
  expect(held()).toEqual([true, true, true, true])
})

test('an acknowledgment that costs more than 1.3 times the floor is seen', () => {
  expect(held({ ack: 1.31 })).toEqual([false, true, true, true])
})

test('so is a whole path that costs more than twice the floor, or more than a peer', () => {
  expect(held({ whole10: 2.1 })).toEqual([true, false, true, true])
  expect(held({ better_auth: 1.8 })).toEqual([true, true, false, true])
})

test('and a tail of any of ours that is longer than that of one of the peers', () => {
  expect(held({}, { whole1: 116 })).toEqual([true, true, true, false])
  expect(held({}, { sync_engine: 100 })).toEqual([true, true, true, false])
})

test('a peer that could not be installed is not compared with', () => {
  const none = { better_auth: null, sync_engine: null }
  expect(held(none, none)).toEqual([true, true])
})
