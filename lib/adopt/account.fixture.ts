import { randomUUID } from 'node:crypto'
import { db } from '@/db/client'
import { authAdapter } from '@/lib/auth/adapter'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { known } from '@/lib/customers/by-hand.fixture'
import { parseCustomerId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { adoptAccount } from './adopt'
import { adoptPorts } from './production-ports'
import { reportLines } from './report-text'

export const OPERATOR = { type: 'system', job: 'adopt by root' } as const

type Made = { email?: string; metadata?: Record<string, string>; price?: string | null }

/** A customer that another application made, with a paid plan of ours; `price: null`: with none. */
export async function formerCustomer({ email, metadata = {}, price }: Made = {}) {
  const stripe = stripeClient()
  const made = await stripe.customers.create({ metadata, ...(email ? { email } : {}) })
  const id = parseCustomerId(made.id)
  if (price !== null) {
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    await stripe.subscriptions.create({
      customer: id,
      items: [{ price: price ?? (await priceForTier(SMALL, 'month')) }],
      default_payment_method: card.id,
    })
  }
  return { id, ...known(id) }
}

export const newAddress = () => `former-${randomUUID()}@example.test`

type Options = Partial<Parameters<typeof adoptAccount>[1]>

/** The command's work, without the waits between its calls. */
export async function adopt(options: Options = {}, ports = adoptPorts(OPERATOR)) {
  const all = { act: true, metadataKey: null, former: null, trustVerified: false, ...options }
  const adopted = await adoptAccount({ ...ports, sleep: async () => {} }, all)
  const lines = new Map(reportLines(adopted).map((line) => [line.customer, line]))
  return { ...adopted, line: (id: string) => lines.get(id), size: lines.size }
}

const adapter = authAdapter()
const session = () => ({ sessionToken: randomUUID(), expires: new Date(Date.now() + 3_600_000) })

/** Someone without an account opens a link that reached this address. */
export async function signInAnew(email: string) {
  const user = await adapter.createUser?.({ id: '', email, emailVerified: new Date() })
  return signInAgain(user?.id ?? '')
}

/** Someone with an account signs in, in a way that proves nothing of an address. */
export async function signInAgain(userId: string) {
  await adapter.createSession?.({ ...session(), userId })
  return personalWorkspaceOf(userId)
}

/** Someone with an account opens a link that reached its address. */
export async function signInByLink(userId: string) {
  await adapter.updateUser?.({ id: userId, emailVerified: new Date() })
  return signInAgain(userId)
}

/** Every row that our database has, but for next-auth's sessions. */
export async function everything(): Promise<string> {
  const tables = await db().execute<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  )
  const counts = []
  for (const { name } of tables) {
    const [row] = await db().execute(
      `select '${name}' as name, count(*) as n, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as sum from "${name}" t`,
    )
    counts.push(row)
  }
  return JSON.stringify(counts)
}
