import { expect, test } from 'vitest'
import type { CustomerId } from '@/lib/ids'
import type { CustomerPage } from '@/lib/stripe/account-pages'
import { adoptAccount } from './adopt'
import type { AdoptPorts } from './ports'
import { reportLines, reportText } from './report-text'

const look = { act: false, metadataKey: null, former: null, trustVerified: false }

/** An account with so many customers, each with an address of its own, and records that are empty. */
function account(size: number, livemode = false) {
  const asked: number[] = []
  const slept: number[] = []
  const largest = { batch: 0 }
  const ids = Array.from({ length: size }, (_, n): CustomerId => `cus_${n}`)
  const listCustomerPage = async (after: CustomerId | null): Promise<CustomerPage> => {
    const from = after === null ? 0 : ids.indexOf(after) + 1
    asked.push(from)
    const page = ids.slice(from, from + 100)
    const customers = page.map((id) => {
      return { id, livemode, email: `${id}@example.test`, metadata: {} }
    })
    return { customers, more: from + 100 < size }
  }
  const none = async (keys: readonly unknown[]) => {
    largest.batch = Math.max(largest.batch, keys.length)
    return []
  }
  const never = async () => expect.unreachable()
  const ports: AdoptPorts = {
    stripe: {
      listCustomerPage,
      listLivingPage: async () => ({ subscriptions: [], last: null, more: false }),
      readProductTier: async () => null,
    },
    records: {
      ...{ listRecorded: none, listLinked: none, listUsersByEmail: none, listClaims: none },
    },
    write: { giveCustomer: never, claimCustomer: never, openUser: never },
    sleep: async (milliseconds) => void slept.push(milliseconds),
    ...{ prices: {}, appEnv: 'test', livemode: false },
  }
  return { ports, asked, slept, largest }
}

test('an account is read a hundred at a time, five calls a second at most, and each customer once', async () => {
  const { ports, asked, slept } = account(2_050)
  const adopted = await adoptAccount(ports, look)
  expect(adopted.decided).toHaveLength(2_050)
  expect(asked).toHaveLength(21)
  // The first call, that of subscriptions, waits for nothing; none of them takes time here.
  expect(slept).toHaveLength(21)
  expect(Math.min(...slept)).toBeGreaterThan(150)
})

test('customers are asked for in our records a thousand at a time', async () => {
  const { ports, largest } = account(2_500)
  expect((await adoptAccount(ports, look)).decided).toHaveLength(2_500)
  expect(largest.batch).toBe(1_000)
})

test('customers of the other mode are left', async () => {
  const { ports } = account(1, true)
  const adopted = await adoptAccount(ports, { ...look, act: true })
  expect(reportLines(adopted)[0]?.what).toContain('not of the mode of STRIPE_SECRET_KEY')
})

test('a report for a terminal shows twenty of each kind, and says how to see the rest', async () => {
  const { ports } = account(25)
  const text = reportText(await adoptAccount(ports, look), null, false)
  expect(text[0]).toContain('25 customers in the account')
  expect(text).toContain('\n25 by address (linked when its owner proves it)')
  expect(text).toContain('  … and 5 more: --json lists all')
  expect(text.at(-1)).toContain('Nothing was written')
})
