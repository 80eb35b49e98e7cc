import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'
import { countMoves } from '@/db/queries/price-moves'
import { raisedPrice } from '@/lib/price-moves/raised-price.fixture'
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

function run(...options: string[]): Promise<{ code: number; said: string }> {
  const [node, ...args] = serverScript('scripts/price-migrate.ts', ...options)
  return new Promise((done) => {
    const child = execFile(node, args, { env: process.env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, said: out + err }),
    )
  })
}
