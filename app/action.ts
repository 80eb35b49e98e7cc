import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { after } from 'next/server'
import type { UserActor } from '@/lib/audit/actor'
import { requireUser } from '@/lib/auth/session'
import { PATIENCE, within } from '@/lib/deadline'
import { inOneRequest } from '@/lib/entitlements/memo'
import { Invalid } from '@/lib/errors'
import { requireOwnOrigin } from './own-origin'
import { type Refused, refuse } from './refuse'

export type Result<Value> = { ok: true; value: Value } | Refused

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
      const { actor } = await requireUser()
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

// An action is called with whatever a stranger posts; the type is only our own forms' promise.
function asForm(given: unknown): FormData {
  if (given instanceof FormData) return given
  throw new Invalid('not_a_form')
}

async function answer<Value>(run: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return { ok: true, value: await inOneRequest(() => within(PATIENCE.press, run), after) }
  } catch (error) {
    unstable_rethrow(error)
    return refuse(error)
  }
}
