import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { after } from 'next/server'
import type { UserActor } from '@/lib/audit/actor'
import { requireUser } from '@/lib/auth/session'
import { PATIENCE, type Patience, within } from '@/lib/deadline'
import { inOneRequest } from '@/lib/entitlements/memo'
import { Invalid } from '@/lib/errors'
import { requireOwnOrigin } from './own-origin'
import { type Refused, refuse } from './refuse'

export type Result<Value> = { ok: true; value: Value } | Refused

type Parse<Input> = (form: FormData) => Input

/**
 * The one edge between a form and a verb: session, origin, rate, input, verb, in this order, within the
 * time that a user waits after pressing a button.
 * A refusal comes back as a value for the page to show; an unexpected error becomes one neutral
 * sentence, and one log line under the reference that the user is shown.
 */
export function action<Input, Value>(
  parse: Parse<Input>,
  verb: (actor: UserActor, input: Input) => Promise<Value>,
  limit: (actor: UserActor) => Promise<void>,
): (form: FormData) => Promise<Result<Value>> {
  return (form) =>
    answer(async () => {
      const { actor } = await requireUser()
      await requireOwnOrigin()
      await limit(actor)
      return verb(actor, parse(asForm(form)))
    })
}

/**
 * The same edge for a visitor who is not signed in yet; the rate may depend on the input.
 * `parse` must accept any value, because any client can call it.
 */
export function openAction<Given, Input, Value>(
  parse: (given: Given) => Input | Promise<Input>,
  verb: (input: Input) => Promise<Value>,
  limit: (input: Input) => Promise<void> = async () => {},
  patience: Patience = PATIENCE.press,
): (given: Given) => Promise<Result<Value>> {
  return (given) =>
    answer(async () => {
      await requireOwnOrigin()
      const input = await parse(given)
      await limit(input)
      return verb(input)
    }, patience)
}

// Any client can call an action with any value; the type holds for our own forms only.
function asForm(given: unknown): FormData {
  if (given instanceof FormData) return given
  throw new Invalid('not_a_form')
}

async function answer<Value>(
  run: () => Promise<Value>,
  patience: Patience = PATIENCE.press,
): Promise<Result<Value>> {
  try {
    return { ok: true, value: await inOneRequest(() => within(patience, run), after) }
  } catch (error) {
    unstable_rethrow(error)
    return refuse(error)
  }
}
