import 'server-only'
import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { REFUSALS, type RefusalCode } from '@/app/components/refusals'
import type { Actor } from '@/lib/audit/actor'
import { requireUser } from '@/lib/auth/session'
import { PATIENCE, within } from '@/lib/deadline'
import { env } from '@/lib/env'
import { BillingError, Gone, Invalid, RateLimited } from '@/lib/errors'
import { log } from '@/lib/log'

export type Refused = {
  ok: false
  code: RefusalCode
  message: string
  fields?: Record<string, string>
  /** When to come back, of what was tried too often. */
  retryAfterSeconds?: number
  /** Eight hex digits that stand in the log beside what really happened. */
  ref?: string
}
export type Result<Value> = { ok: true; value: Value } | Refused

type UserActor = Extract<Actor, { type: 'user' }>
type Parse<Input> = (form: FormData) => Input

/**
 * The one edge between a form and a verb: session, origin, rate, input, verb, in this order, within what
 * somebody who pressed a button has patience for.
 * A refusal comes back as a value for the page to say; what nobody foresaw becomes one
 * neutral sentence, and one log line under the reference that the person is shown.
 */
export function action<Input, Value>(
  parse: Parse<Input>,
  verb: (actor: UserActor, input: Input) => Promise<Value>,
  limit: (actor: UserActor) => Promise<void>,
): (form: FormData) => Promise<Result<Value>> {
  return (form) =>
    answer(async () => {
      const actor = { type: 'user', id: (await requireUser()).id } as const
      await requireOwnOrigin()
      await limit(actor)
      return verb(actor, parse(asForm(form)))
    })
}

/**
 * The same edge for somebody who is not signed in yet; the rate may depend on what they ask for.
 * `parse` must bear whatever a stranger sends.
 */
export function openAction<Given, Input, Value>(
  parse: (given: Given) => Input | Promise<Input>,
  verb: (input: Input) => Promise<Value>,
  limit: (input: Input) => Promise<void> = async () => {},
): (given: Given) => Promise<Result<Value>> {
  return (given) =>
    answer(async () => {
      await requireOwnOrigin()
      const input = await parse(given)
      await limit(input)
      return verb(input)
    })
}

/** The query that tells the next page what was refused: a short code, a reference, a time to wait; never a text. */
export function refusalQuery({ code, ref, retryAfterSeconds: wait }: Refused): string {
  const query = { error: code, ...(ref ? { ref } : {}), ...(wait ? { wait: `${wait}` } : {}) }
  return new URLSearchParams(query).toString()
}

// An action is called with whatever a stranger posts; the type is only our own forms' promise.
function asForm(given: unknown): FormData {
  if (given instanceof FormData) return given
  throw new Invalid('That is not a form of ours.')
}

class WrongOrigin extends Error {
  override readonly name = 'WrongOrigin'
}

// Next compares Origin with Host, which a proxy may rewrite, and lets a request without an
// Origin pass; browsers send it with every form POST, so here its absence is a refusal.
async function requireOwnOrigin(): Promise<void> {
  if ((await headers()).get('origin') !== env().appUrl) throw new WrongOrigin()
}

async function answer<Value>(run: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return { ok: true, value: await within(PATIENCE.press, run) }
  } catch (error) {
    unstable_rethrow(error)
    return refuse(error)
  }
}

function refuse(error: unknown): Refused {
  if (error instanceof WrongOrigin) return said('origin')
  if (error instanceof Invalid) return { ...said(error.code, error), fields: error.fields }
  if (error instanceof RateLimited) {
    return { ...said(error.code, error), retryAfterSeconds: error.retryAfterSeconds }
  }
  if (error instanceof Gone) return said(error.what, error)
  if (error instanceof BillingError) return said(error.code, error)
  const ref = randomUUID().slice(0, 8)
  log.error(
    { err: error, ref },
    'A form failed in a way nobody foresaw. Find the cause by this reference.',
  )
  return { ...said('internal'), ref }
}

function said(code: RefusalCode, error?: Error): Refused {
  return { ok: false, code, message: error?.message || REFUSALS[code].title }
}
