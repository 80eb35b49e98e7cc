import { beforeEach, describe, expect, test, vi } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { PATIENCE } from '@/lib/deadline'
import { Conflict, Gone, Invalid, RateLimited, Unauthenticated } from '@/lib/errors'
import { action } from './action'

const request = vi.hoisted(() => ({
  headers: new Headers(),
  userId: null as string | null,
  logged: [] as unknown[],
  refused: [] as unknown[],
}))

vi.mock('next/headers', () => ({ headers: async () => request.headers }))
vi.mock('@/lib/env', () => ({ env: () => ({ appUrl: 'https://app.example.com' }) }))
vi.mock('@/lib/log', () => ({
  log: {
    info: (entry: unknown) => request.refused.push(entry),
    error: (entry: unknown) => request.logged.push(entry),
  },
}))
vi.mock('@/lib/auth/session', () => ({
  requireUser: async () => {
    if (!request.userId) throw new Unauthenticated('signed_out')
    const actor = { type: 'user', id: request.userId, workspaceId: `own:${request.userId}` }
    return { id: request.userId, email: 'ana@example.com', name: null, actor }
  },
}))

const steps: string[] = []
const parse = (form: FormData) => {
  steps.push('parse')
  if (!form.has('tier')) throw new Invalid('unknown_plan', { tier: 'Missing.' })
  return String(form.get('tier'))
}
const limit = async () => void steps.push('limit')
const verb = async (actor: { id: string; workspaceId: string }, tier: string) => {
  steps.push('verb')
  return `${actor.id} buys ${tier} for ${actor.workspaceId}`
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

beforeEach(() => {
  request.headers = new Headers({ origin: 'https://app.example.com' })
  request.userId = 'user-1'
  request.logged.length = 0
  request.refused.length = 0
  steps.length = 0
})

describe('the edge between a form and a verb', () => {
  test('the verb gets the signed-in person, their workspace and what the form says, in the order of the rules', async () => {
    const result = await action(parse, verb, limit)(form({ tier: SMALL }))
    expect(result).toEqual({ ok: true, value: `user-1 buys ${SMALL} for own:user-1` })
    expect(steps).toEqual(['limit', 'parse', 'verb'])
  })

  test('a verb that does not end is answered as unavailable, while its person still waits', async () => {
    vi.useFakeTimers()
    const result = action(parse, () => new Promise<never>(() => {}), limit)(form({ tier: SMALL }))
    await vi.advanceTimersByTimeAsync(PATIENCE.press.answer)
    vi.useRealTimers()
    expect(await result).toMatchObject({ ok: false, code: 'unavailable' })
  })

  test('a signed-out visitor reaches nothing', async () => {
    request.userId = null
    const result = await action(parse, verb, limit)(form({ tier: SMALL }))
    expect(result).toMatchObject({ ok: false, code: 'unauthenticated' })
    expect(steps).toEqual([])
  })

  test.each([
    null,
    'null',
    'https://evil.test',
    'https://app.example.com.evil.test',
    'http://app.example.com',
  ])('a post from %s is refused before anything is counted', async (origin) => {
    request.headers = new Headers(origin === null ? {} : { origin })
    const result = await action(parse, verb, limit)(form({ tier: SMALL }))
    expect(result).toMatchObject({ ok: false, code: 'origin' })
    expect(steps).toEqual([])
  })

  test('too many tries are refused before the form is read', async () => {
    const refuse = async () => {
      throw new RateLimited('too_many_tries', 30)
    }
    const result = await action(parse, verb, refuse)(form({ tier: SMALL }))
    expect(result).toMatchObject({
      ...{ ok: false, code: 'rate_limited', reason: 'too_many_tries' },
      retryAfterSeconds: 30,
    })
    expect(steps).toEqual([])
  })

  test('a form that does not parse names its fields', async () => {
    const result = await action(parse, verb, limit)(form({}))
    expect(result).toMatchObject({ ok: false, code: 'invalid', fields: { tier: 'Missing.' } })
  })

  test.each([[null], ['tier'], [{ tier: SMALL }], [[]]])(
    '%j, which is no form, is refused before it is read',
    async (given) => {
      // The cast stands for a request that no form of ours made.
      const result = await action(parse, verb, limit)(given as unknown as FormData)
      expect(result).toMatchObject({ ok: false, code: 'invalid' })
      expect(steps).toEqual(['limit'])
    },
  )

  test('a refusal of billing keeps its code and its reason, and leaves a line in the log', async () => {
    const busy = async () => {
      throw new Conflict('checkout_opening')
    }
    const result = await action(parse, busy, limit)(form({ tier: SMALL }))
    const said = { code: 'conflict', reason: 'checkout_opening' }
    expect(result).toMatchObject({ ok: false, ...said, inLog: true })
    if (result.ok) throw new Error('It should have been refused.')
    expect(request.logged).toEqual([])
    expect(request.refused).toEqual([{ ...said, ref: result.ref }])
  })

  test('a billing account that is gone has a reason of its own, and so a sentence of its own', async () => {
    const gone = async () => {
      throw new Gone('customer_deleted')
    }
    const result = await action(parse, gone, limit)(form({ tier: SMALL }))
    expect(result).toMatchObject({ code: 'not_found', reason: 'customer_deleted' })
  })

  test('an unexpected error is logged once and shown as a reference, never as it is', async () => {
    const broken = async () => {
      throw new Error('password=hunter2')
    }
    const result = await action(parse, broken, limit)(form({ tier: SMALL }))
    if (result.ok) throw new Error('It should have been refused.')
    expect(result.code).toBe('internal')
    expect(JSON.stringify(result)).not.toContain('hunter2')
    expect(request.logged).toEqual([expect.objectContaining({ ref: result.ref })])
    expect(result.ref).toMatch(/^[0-9a-f]{8}$/)
  })
})
