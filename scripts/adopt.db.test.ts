import { execFile } from 'node:child_process'
import { expect, it, vi } from 'vitest'
import { everything, formerCustomer, newAddress } from '@/lib/adopt/account.fixture'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { due, tierOf } from '@/lib/customers/by-hand.fixture'
import { serverScript } from './stack/paths'

// Each starts some processes, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 120_000 })

shopForFile()

it('npm run adopt says what it would do, does it with --yes, and has nothing to do the second time', async () => {
  const { workspaceId } = await shopper()
  const { id } = await formerCustomer({ metadata: { workspace_id: workspaceId } })
  const email = newAddress()
  const waits = await formerCustomer({ email, price: null })
  const before = await everything()
  const look = await adopt()
  expect(look).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was written') })
  expect(look.said).toContain(`${id}  ${SMALL}: goes to the workspace ${workspaceId}`)
  expect(look.said).not.toContain(email)
  expect(await everything()).toBe(before)

  const done = await adopt('--yes', '--json')
  expect(JSON.parse(done.said)).toMatchObject({
    acted: true,
    customers: [
      { customer: id, kind: 'workspace' },
      { customer: waits.id, kind: 'address' },
    ],
  })
  await due()
  expect(await tierOf(workspaceId)).toBe(SMALL)

  const after = await everything()
  const again = await adopt('--yes')
  expect(again.said).toContain(`belongs to the workspace ${workspaceId} already`)
  expect(again.said).toContain('waits already until the owner of its address signs in')
  expect(await everything()).toBe(after)
})

it.each([
  [['--from', 'another']],
  [['--from', 'better-auth']],
  [['--database', 'postgres://localhost/none']],
  [['--from', 'saas-starter', '--database', 'postgres://localhost/none', '--trust-verified']],
])('npm run adopt refuses %j, and says how it is used', async (args) => {
  const { code, said } = await adopt(...args)
  expect(code).toBe(1)
  expect(said).toContain('--from saas-starter|better-auth --database <url>')
})

function adopt(...options: string[]): Promise<{ code: number; said: string }> {
  const [node, ...args] = serverScript('scripts/adopt.ts', ...options)
  return new Promise((done) => {
    const child = execFile(node, args, { env: process.env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, said: out + err }),
    )
  })
}
