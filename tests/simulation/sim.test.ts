import { expect, it } from 'vitest'
import { serverScript } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'
import { exhaustive } from './exhaustive'
import { type Guards, isGuard, without } from './guards'
import { history, playHistory } from './history'
import type { Call } from './recorded-ledger'
import { Tally, unseen } from './tally'

// `npm test` plays 100,000 in a step of its own; these keep `vitest` honest by itself.
const RUNS = 300
// Where to begin with the rarest: the histories before it would only take time.
const RARE: ReadonlyMap<string, number> = new Map([
  ['readAfterClaim', 500],
  ['emailKeys', 600],
  ['marksAtCommit', 5_900],
])
// Has what one history in thousands has: a price says another tier while its customer is read.
const RACED = 7_749
// As many as `npm run sim` plays by default; most guards are missed in the first hundred.
const ENOUGH = 10_000
// Each is a week of virtual time, with a fifth of its webhooks lost for good.
const WEEKS = 40
// Seconds on a machine that has nothing else to do.
const MINUTES = 180_000

it(
  `the records are true at the end of ${RUNS} histories of everything that can go wrong`,
  async () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      expect(await history(seed), `npm run sim -- --seed ${seed}`).toEqual([])
    }
  },
  MINUTES,
)

it(
  `the records are true at the end of ${WEEKS} weeks in which a fifth of the webhooks never came`,
  async () => {
    const tally = new Tally()
    for (let seed = 1; seed <= WEEKS; seed += 1) {
      const played = await playHistory(seed, { week: true })
      tally.take(played.tally.times)
      expect(played.wrong, `npm run sim -- --week --seed ${seed}`).toEqual([])
    }
    expect(tally.times.get('lost')).toBeGreaterThan(WEEKS)
    expect(tally.times.get('recovered')).toBeGreaterThan(WEEKS)
  },
  MINUTES,
)

it(
  'every fault that the simulator is said to have occurs',
  async () => {
    const tally = new Tally()
    tally.take((await playHistory(RACED)).tally.times)
    let seed = 0
    while (unseen(tally).length > 0 && seed < ENOUGH) {
      seed += 1
      tally.take((await playHistory(seed)).tally.times)
    }
    expect(unseen(tally)).toEqual([])
  },
  MINUTES,
)

it(
  'four events may come in any order, one of them twice, and a process may die at any step',
  async () => {
    const { played, wrong } = await exhaustive({ events: 4 })
    expect(wrong).toEqual([])
    // 24 orders, alone or with one of four again, and a crash at each of some 35 sides of calls.
    expect(played).toBeGreaterThan(24 * 5 * 30)
  },
  MINUTES,
)

it(
  'the same seed plays the same history, however the simulator waits for quiet',
  async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const guards = without(seed % 2 ? 'fence' : 'doneAtCommit')
      const fast: Call[] = []
      const slow: Call[] = []
      const wrong = await history(seed, { guards, heard: (call) => fast.push(call) })
      const again = { guards, quiet: 'immediate', heard: (call: Call) => slow.push(call) } as const
      expect(await history(seed, again)).toEqual(wrong)
      expect(slow).toEqual(fast)
    }
  },
  MINUTES,
)

// What a history says that needed the guard. A guard without a history does not compile.
const WITHOUT = {
  fence: 'was committed over',
  seqAtClaim: 'is still pending',
  naturalKeys: 'was recorded twice',
  inbox: 'stored twice',
  doneAtCommit: 'was lost',
  readAfterClaim: 'was committed over',
  drain: 'is still dirty',
  leaseEnds: 'is still dirty',
  retryStaysDirty: 'is not as at Stripe',
  adoptedAgain: 'The workspace has free',
  linkedLater: 'does not belong to its workspace',
  superseded: 'The workspace has free',
  storedBeforeAnswer: 'is not in the inbox',
  window: 'ms after its last read',
  marksAtCommit: 'is not as at Stripe',
  failuresWait: 'is still done',
  deadEnds: 'is still pending',
  customersChain: 'is not in the trail',
  entryKeys: 'was written about 2 times',
  emailKeys: 'was written about 2 times',
  emailWithDone: 'No email was written',
  backfill: 'was lost',
  driftScan: 'is not as at Stripe',
} as const satisfies Record<keyof Guards, string>

it.each(Object.entries(WITHOUT))(
  'without the guard %s some history ends wrong: something %s',
  async (name, words) => {
    const guards = without(isGuard(name) ? name : null)
    const first = RARE.get(name) ?? 1
    for (let seed = first; seed < first + ENOUGH; seed += 1) {
      const wrong = await history(seed, { guards })
      if (wrong.join('\n').includes(words)) return
    }
    throw new Error('No history needed this guard.')
  },
  MINUTES,
)

it(
  'a planted bug is found by however many workers, and its seed replays it',
  async () => {
    const replay = (...args: string[]) =>
      run(serverScript('tests/simulation/main.ts', ...args, '--without', 'seqAtClaim'))
    const [one, two] = await Promise.all([
      replay('--runs', '1500', '--seed', '1', '--workers', '1'),
      replay('--runs', '1500', '--seed', '1', '--workers', '3'),
    ])
    expect(one.ok).toBe(false)
    expect(two.output).toBe(one.output)
    const seed = /npm run sim -- --seed (\d+) --without seqAtClaim/.exec(one.output)?.[1]
    expect((await replay('--seed', `${seed}`)).output).toBe(one.output)
  },
  MINUTES,
)
