import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { countMoves } from '@/db/queries/price-moves'
import { sooner } from '@/lib/customers/by-hand.fixture'
import { emailsTo } from '@/lib/outbox/history.fixture'
import { raisedPrice } from '@/lib/price-moves/raised-price.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { serverScript } from './stack/paths'

// Each starts a process or more, on machines that are busy with everything else.
const SLOW = { timeout: 180_000 }

const scene = raisedPrice()
const between = () => ['--from', scene.from, '--to', scene.to]
const dayIn = async (days: number) => (await scene.inDays(days)).toISOString().slice(0, 10)

it(
  'npm run price:migrate shows what it would do, does it with --yes, and takes it back until the day',
  SLOW,
  async () => {
    const on = ['--on', await dayIn(40)]
    const dry = await run(...between(), ...on)
    expect(dry).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was changed.') })
    expect(dry.said).toContain('USD by the month: 1, $19.00 → $24.00, +$5.00 a month')
    expect(await countMoves(scene)).toEqual({})

    expect(await run(...between(), ...on, '--yes')).toMatchObject({
      ...{ code: 0, said: expect.stringContaining('1 are planned') },
    })
    expect(await countMoves(scene)).toEqual({ planned: 1 })
    const undone = await run(...between(), '--undo', '--yes', '--customer', scene.me.customerId)
    expect(undone).toMatchObject({ code: 0, said: expect.stringContaining('1 were taken back') })
    expect(undone.said).not.toContain('@')
  },
)

it(
  'killed while it asks and killed while it plans, the same command again moves everyone once and notifies each once',
  SLOW,
  async () => {
    const crowd = [scene.me]
    while (crowd.length < 10) crowd.push(await subscriber({ price: scene.from }))
    await scene.history.arrive()
    const options = [...between(), '--on', await dayIn(40), '--yes']
    const counted = async () => Object.values(await countMoves(scene)).reduce((a, b) => a + b, 0)
    const killed = [
      await killOnce(options, async () => (await counted()) >= 3),
      await killOnce(options, async () => ((await countMoves(scene)).planned ?? 0) >= 2),
    ]
    expect(killed).toEqual(['SIGKILL', 'SIGKILL'])
    // What a killed process holds is due again after a minute.
    for (let n = 0; n < 3; n += 1) {
      await sooner()
      expect(await run(...options)).toMatchObject({ code: 0 })
    }
    await scene.history.arrive()
    expect(await countMoves(scene)).toEqual({ planned: crowd.length })
    for (const who of crowd) {
      const { data } = await stripeClient().subscriptionSchedules.list({ customer: who.customerId })
      expect(data.filter(({ status }) => status === 'active')).toHaveLength(1)
      const notified = (await emailsTo(who)).filter(({ subject }) =>
        subject.startsWith('The price of'),
      )
      expect(notified).toHaveLength(1)
    }
  },
)

it('an undo after the day is refused, and says what can be done instead', SLOW, async () => {
  await scene.run({ days: 20 })
  await scene.history.later(32)
  expect(await run(...between(), '--undo', '--yes')).toMatchObject({
    ...{ code: 1, said: expect.stringContaining('The day has come for 1') },
  })
})

it(
  'what it does not understand, or leaves too little notice, is refused and changes nothing',
  SLOW,
  async () => {
    const soon = ['--on', await dayIn(20)]
    for (const [bad, says] of [
      [[], 'npm run price:migrate -- --from'],
      [[...between(), '--on', '2027-02-31'], 'Say --on'],
      [[...between(), ...soon, '--yes'], 'less than 30 days of notice'],
    ] as const)
      expect(await run(...bad)).toMatchObject({ code: 1, said: expect.stringContaining(says) })
    expect(await countMoves(scene)).toEqual({})
  },
)

// How a run of the command ended that is killed as soon as `come` says so.
async function killOnce(options: string[], come: () => Promise<boolean>) {
  const [node, ...args] = serverScript('scripts/price-migrate.ts', ...options)
  const child = spawn(node, args, { env: process.env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (child.exitCode === null && !(await come()));
  child.kill('SIGKILL')
  const [, signal] = await ended
  return signal
}

function run(...options: string[]): Promise<{ code: number; said: string }> {
  const [node, ...args] = serverScript('scripts/price-migrate.ts', ...options)
  return new Promise((done) => {
    const child = execFile(node, args, { env: process.env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, said: out + err }),
    )
  })
}
