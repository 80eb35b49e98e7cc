import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { openAction, type Result } from '@/app/action'
import { backTo } from '@/app/back-to'
import { doneAt } from '@/app/done-at'
import { fieldText } from '@/app/form-field'
import { limitConsole } from '@/app/limits'
import { type Refused, refuse } from '@/app/refuse'
import { sentWith } from '@/app/typed'
import { type OperatorActor, operatorActor } from '@/lib/audit/actor'
import { FORM_OWNER, readFormOwner } from '@/lib/auth/form-owner'
import { currentOperator, requireRecentOperator } from '@/lib/auth/operator'
import { currentUser } from '@/lib/auth/session'
import { PATIENCE } from '@/lib/deadline'
import { Invalid, Unauthenticated } from '@/lib/errors'
import type { Done } from './done'
import { ROOM } from './fill'

/**
 * What a form of the console does. For everyone but an operator there is no such form; then come the origin,
 * the age of the sign-in, the rate, the input and the verb, which answers what the page says then. Every
 * action below this folder is made with it: a test goes through them.
 */
export function consoleAct<Input>(
  parse: (form: FormData) => Input,
  verb: (actor: OperatorActor, input: Input) => Promise<Done>,
): (form: FormData) => Promise<Result<Done>> {
  return async (form) => {
    const operator = await currentOperator()
    if (!operator) return signedOut(form)
    const run = openAction(
      (given: unknown) => {
        requireRecentOperator(operator)
        if (!(given instanceof FormData)) throw new Invalid('not_a_form')
        return parse(given)
      },
      (input: Input) => verb(operatorActor(operator.id), input),
      () => limitConsole(operator),
    )
    return run(form)
  }
}

/**
 * What a button of the console looks at, where that costs much or leaves a trace in what it looks at. It changes
 * nothing for a customer, so that an older sign-in will do.
 */
export function consoleLook<Value>(
  verb: () => Promise<Value>,
  limit: (operator: { id: string }) => Promise<void>,
): (form: FormData) => Promise<Result<Value>> {
  return async (form) => {
    const operator = await currentOperator()
    if (!operator) notFound()
    const run = openAction(
      (given: unknown) => given,
      verb,
      () => limit(operator),
      PATIENCE.job,
    )
    return run(form)
  }
}

/**
 * Leads back to the page that a form stands on, which says what was done, or why it was not, and
 * has what was typed.
 */
export async function lead(result: Result<Done>, page: string, form: FormData): Promise<never> {
  if (result.ok) redirect(await doneAt(page, result.value))
  redirect(await backTo(page, result, sentWith(form, ROOM, 'console')))
}

// A form that only an operator was shown: their session has ended meanwhile. To everyone else there is none.
async function signedOut(form: FormData): Promise<Refused> {
  const owner = readFormOwner(fieldText(form, FORM_OWNER), 'console')
  if (!owner || (await currentUser())) notFound()
  return refuse(new Unauthenticated('signed_out'))
}
