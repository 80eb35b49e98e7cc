import { expect, it } from 'vitest'
import { serverScript } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'
import { live } from './life'
import { isRule, type Rule } from './rules'
import { shortest } from './shortest'

// `npm run sim:money -- --runs 10000` lives them all; these keep `vitest` honest by itself.
const LIFECYCLES = 80
// Most rules are missed within ten lifecycles.
const ENOUGH = 500
// Seconds on a machine that has nothing else to do.
const MINUTES = 300_000

it(
  `in each of ${LIFECYCLES} random lifecycles access is what was paid for, after each thing that happens`,
  async () => {
    let looks = 0
    for (let seed = 1; seed <= LIFECYCLES; seed += 1) {
      const outcome = await live({ seed })
      expect(outcome.wrongs, `npm run sim:money -- --seed ${seed}`).toEqual([])
      looks += outcome.looks
    }
    expect(looks).toBeGreaterThan(LIFECYCLES * 10)
  },
  MINUTES,
)

// What is said of a life that needed the rule. A rule without a life does not compile.
const DIFFERS = 'the application allows'
const WITHOUT = {
  paidInvoice: 'was paid, and it gives only',
  firstDebit: 'none of its invoices is a reason',
  conversion: DIFFERS,
  voidInvoice: DIFFERS,
  writtenOff: DIFFERS,
  skippedPeriod: DIFFERS,
  sentInvoice: DIFFERS,
  changeUnpaid: DIFFERS,
  realShare: DIFFERS,
  wholePeriod: DIFFERS,
  refund: DIFFERS,
  dispute: DIFFERS,
  pausedCollection: DIFFERS,
  quantity: DIFFERS,
  debitsReturn: DIFFERS,
  grace: DIFFERS,
  plannedEnd: DIFFERS,
} as const satisfies Record<Rule, string>

// Where to begin with the rarest: the lifecycles before it would only take time.
const RARE: ReadonlyMap<Rule, number> = new Map([
  ['refund', 80],
  ['wholePeriod', 300],
])

it.each(Object.entries(WITHOUT))(
  'without the rule %s some life ends with access that its money does not say: %s',
  async (name, words) => {
    const rule = isRule(name) ? name : null
    const first = rule === null ? 1 : (RARE.get(rule) ?? 1)
    for (let seed = first; seed < first + ENOUGH; seed += 1) {
      const { wrongs } = await live({ seed, rule })
      if (wrongs.join('\n').includes(words)) return
    }
    throw new Error('No life needed this rule.')
  },
  MINUTES,
)

it('a life that ends wrong is cut down to the actions that it takes, and these alone replay it', async () => {
  const life = { seed: 6, rule: 'voidInvoice' } as const
  const whole = await live(life)
  const short = await shortest(life)
  expect(whole.wrongs).not.toEqual([])
  expect(short.actions.length).toBeLessThan(whole.actions.length)
  expect(await live({ ...life, only: short.actions })).toEqual(short)
  for (const left of short.actions) {
    const only = short.actions.filter((each) => each !== left)
    expect((await live({ ...life, only })).wrongs).toEqual([])
  }
})

it(
  'the command names the seed and the actions of a life that ends wrong, and fails',
  async () => {
    const command = (...args: string[]) => run(serverScript('tests/money/main.ts', ...args))
    const bad = await command('--runs', '8', '--seed', '1', '--without', 'voidInvoice')
    expect(bad.ok).toBe(false)
    const replay = /npm run sim:money -- (.+)/.exec(bad.output)?.[1]?.split(' ') ?? []
    expect(replay).toContain('--only')
    expect((await command(...replay)).ok).toBe(false)
    const withTheRule = replay.filter((each) => each !== '--without' && each !== 'voidInvoice')
    const good = await command(...withTheRule)
    expect(good.output).toContain('Nothing is wrong.')
    expect(good.ok).toBe(true)
  },
  MINUTES,
)
