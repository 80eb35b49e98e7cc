import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type SQL, sql } from 'drizzle-orm'
import type { ReactNode } from 'react'
import { renderToReadableStream } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CookieJar } from '@/app/cookie-jar.fixture'
import { db, disconnect } from '@/db/client'
import { signedInOperator } from '@/lib/operators/viewers.fixture'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { someone } from '@/lib/workspaces/someone.fixture'
import { ROOT } from '@/scripts/stack/paths'

const world = vi.hoisted(() => ({ jar: null as unknown }))

vi.mock('next/headers', () => ({
  cookies: async () => world.jar,
  headers: async () => new Headers({ origin: 'http://localhost:3000', host: 'localhost:3000' }),
}))
vi.mock('next/server', () => ({ after: () => {} }))
// One request is one render: React keeps what it was told until it ends, and here it never does.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  cache: (read: unknown) => read,
}))

const run = (statement: SQL) => db().execute(statement)

beforeAll(async () => {
  const { token } = await signedInOperator()
  const jar = new CookieJar()
  jar.set('authjs.session-token', token)
  world.jar = jar
  // All that the pages are made of, which takes long on a busy machine.
  for (const page of ['stuck', 'outbox'] as const) await import(pathOf(page))
}, 90_000)
afterAll(disconnect)

describe('the page of what is stuck', () => {
  test('says nothing of customers to decide about and of revenue where there is nothing', async () => {
    const page = await shown('stuck')
    expect(page).toContain('Dead events')
    expect(page).not.toContain('Customers to decide about')
    expect(page).not.toContain('Left out of the revenue')
  })

  test('names an adopted customer whose owner has another, and what to do', async () => {
    const { workspaceId } = await someone()
    const [kept, waits] = [newId('cus'), newId('cus')]
    await run(
      sql`insert into customers (id, workspace_id, livemode) values (${kept}, ${workspaceId}, false)`,
    )
    await run(sql`insert into customers (id, livemode) values (${waits}, false)`)
    await run(sql`insert into customer_claims (customer_id, email, keeps)
      values (${waits}, 'waits@example.test', ${kept})`)
    const page = await shown('stuck')
    expect(page).toContain('Customers to decide about')
    expect(page).toContain(
      `${waits} was taken over and waits for its owner, who has signed in and has ${kept} already.`,
    )
    expect(page).toContain('Cancel and refund the one that is too many')
    expect(page).toContain(`href="/console?q=${waits}"`)
    expect(page).not.toContain('waits@example.test')
  })

  test('names a customer whose metadata name no workspace that exists', async () => {
    const id = newId('cus')
    await run(sql`insert into customers (id, claimed_workspace_id, conflict, livemode)
      values (${id}, ${randomUUID()}::uuid, 'no_such_workspace', false)`)
    const page = await shown('stuck')
    expect(page).toContain(`In Stripe, the metadata of ${id} name the workspace`)
    expect(page).toContain('Put the id of an existing workspace into its metadata')
  })

  test('names the event that could not be read for the revenue, why, and that it can be replayed', async () => {
    const { customerId } = await oneCustomer()
    const id = newId('evt')
    await run(sql`insert into revenue_left_out (customer_id, source, error)
      values (${customerId}, ${id}, 'its body is no JSON of ada@example.test')`)
    const page = await shown('stuck')
    expect(page).toContain('Left out of the revenue')
    expect(page).toContain(`href="/console/events/${id}"`)
    expect(page).toContain('its body is no JSON')
    expect(page).not.toContain('ada@example.test')
    expect(page).toContain('Then replay the event')
    await run(sql`delete from revenue_left_out`)
  })

  test('says of revenue that only waits that the drain counts it, and when', async () => {
    const { customerId } = await oneCustomer()
    await run(sql`insert into revenue_left_out (customer_id, news, error, attempts)
      values (${customerId}, '{}', '55P03: canceling statement due to lock timeout', 2)`)
    const page = await shown('stuck')
    expect(page).toContain('55P03')
    expect(page).toMatch(/The drain counts it by itself, next .*, after 2 tries/s)
    expect(page).toContain(`href="/console?q=${customerId}"`)
    await run(sql`delete from revenue_left_out`)
  })

  test('closes what was left out of the revenue by its own form, and says so', async () => {
    const { customerId } = await oneCustomer()
    await run(sql`insert into revenue_left_out (customer_id, source, error)
      values (${customerId}, ${newId('evt')}, 'its body is no JSON')`)
    const form = formOf(await shown('stuck'), 'name="entry"')
    form.set('reason', 'Stripe sent it broken.')
    const { closeUncounted } = await import('@/app/console/stuck/actions')
    const led = await ledTo(closeUncounted(form))
    expect(await shown('stuck')).not.toContain('Left out of the revenue')
    expect(await shown('stuck', led)).toContain('It is closed')
  })
})

describe('the page of the outbox', () => {
  test('says nothing of uses that were not billed where there are none', async () => {
    expect(await shown('outbox')).not.toContain('Not billed')
  })

  test('sums up the uses of a customer that are too old to be billed, and closes them by its form', async () => {
    const { customerId } = await oneCustomer()
    for (const [minute, value] of [
      ['2026-10-01T10:00Z', 3],
      ['2026-10-02T11:30Z', 4],
    ] as const) {
      const payload = JSON.stringify({ eventName: 'exports', minute, value })
      await run(sql`insert into outbox (key, kind, target_key, payload, last_error)
        values (${newId('meter_event')}, 'lapsed_use', ${customerId}, ${payload}::jsonb, 'Stripe takes no use that is older than 35 days.')`)
    }
    const page = await shown('outbox')
    expect(page).toContain('Not billed')
    expect(text(page)).toContain(
      `7 of exports, used by ${customerId} from 2026-10-01T10:00Z to 2026-10-02T11:30Z`,
    )
    expect(page).toContain('Put them on the customer’s next invoice by hand at Stripe')
    // Nothing sends them: they are not among what waits.
    const [, waiting = ''] = page.split('id="waiting"')
    expect(waiting.split('id="newest"')[0]).toContain('None.')

    const form = formOf(page, 'name="meter"')
    form.set('reason', 'Billed by hand.')
    const { closeLapsed } = await import('@/app/console/outbox/actions')
    await expect(closeLapsed(form)).rejects.toMatchObject({
      digest: expect.stringContaining('/console/outbox?done=closed_uses'),
    })
    expect(await shown('outbox')).not.toContain('Not billed')
  })
})

/** The query of the address that an act led to. */
async function ledTo(act: Promise<never>): Promise<Record<string, string>> {
  const { digest = '' } = await act.catch((error: { digest?: string }) => error)
  const [, address = ''] = /(\/console[^;]*)/.exec(digest) ?? []
  return Object.fromEntries(new URL(address, 'http://localhost:3000').searchParams)
}

function pathOf(page: 'stuck' | 'outbox'): string {
  return join(ROOT, 'app/console', page, 'page.tsx')
}

async function shown(
  page: 'stuck' | 'outbox',
  query: Record<string, string> = {},
): Promise<string> {
  const { default: Page } = await import(pathOf(page))
  const node: ReactNode = await Page({
    params: Promise.resolve({}),
    searchParams: Promise.resolve(query),
  })
  const stream = await renderToReadableStream(node)
  await stream.allReady
  return (await new Response(stream).text()).replaceAll('<!-- -->', '')
}

/** What a browser would send of the form that has `mark` in it. */
function formOf(page: string, mark: string): FormData {
  const [html] = [...page.matchAll(/<form\b.*?<\/form>/gs)]
    .map(([one]) => one)
    .filter((one) => one.includes(mark))
  if (!html) throw new Error(`The page has no form with ${mark}.`)
  const form = new FormData()
  for (const [input] of html.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g))
    form.set(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '')
  return form
}

function text(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')
}

function newId(kind: string): string {
  return `${kind}_${randomUUID().replaceAll('-', '')}`
}
