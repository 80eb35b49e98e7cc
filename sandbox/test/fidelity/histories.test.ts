import { expect, test } from 'vitest'
import {
  AFTER_RETRIES,
  type Dunning,
  setDunning,
  USUAL_DUNNING,
} from '@/sandbox/lifecycle/dunning/policy'
import { startSandbox } from '@/sandbox/server'
import { directly } from './direct'
import { wrongsOf } from './invariants'
import { liveAtRandom } from './random-actions'
import { openShop } from './shop'
import { edgesOf, playedEdges } from './status-transitions'

// SANDBOX_HISTORIES=10000 takes minutes; these few take seconds, and still find most of what goes wrong.
const HISTORIES = Number(process.env.SANDBOX_HISTORIES ?? 160)
const MANY = 1000
// It needs a payment of the last open invoice after the subscriber has given up: one life in thousands.
const RARE = ['unpaid→active']
const FIRST_SEED = Number(process.env.SANDBOX_SEED ?? 1)
// Fresh state for each few: the time that an operation takes grows with what is kept.
const PER_SANDBOX = 8

test(`${HISTORIES} random histories keep every invariant`, async () => {
  const reached = new Set<string>()
  for (let seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed += PER_SANDBOX) {
    const { sandbox, stop } = await startSandbox({ port: 0 })
    sandbox.change(null, (tx) => setDunning(tx, policyOf(Math.floor(seed / PER_SANDBOX))))
    const call = directly(sandbox)
    const shop = openShop(call)
    for (let nth = 0; nth < PER_SANDBOX && seed + nth < FIRST_SEED + HISTORIES; nth += 1) {
      const actions = liveAtRandom(sandbox, call, shop, seed + nth)
      expect({ seed: seed + nth, actions, wrongs: [...wrongsOf(sandbox), ...shop.wrongs] }).toEqual(
        {
          seed: seed + nth,
          actions,
          wrongs: [],
        },
      )
    }
    for (const edge of sandbox.change(null, edgesOf)) reached.add(edge.join('→'))
    await stop()
    // A turn of the event loop: until then what was looked at by a weak reference is kept.
    await new Promise(setImmediate)
  }
  // As many as these come to every edge that is played; if they do not, the actions have become poor.
  const missed = playedEdges().filter((edge) => !reached.has(edge) && !RARE.includes(edge))
  if (HISTORIES >= MANY) expect(missed).toEqual([])
}, 3_600_000)

/** The policy of the nth account. Each ending comes with retries and without, and some accounts pause before either. */
function policyOf(nth: number): Partial<Dunning> {
  return {
    after_retries: AFTER_RETRIES[nth % AFTER_RETRIES.length] ?? 'cancel',
    retry_days: nth % 3 === 2 ? [] : USUAL_DUNNING.retry_days,
    pause_on_first_failure: nth % 5 === 4,
  }
}
