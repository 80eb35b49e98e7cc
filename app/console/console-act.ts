import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { openAction, type Result } from '@/app/action'
import { doneAt } from '@/app/done-at'
import { limitConsole } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { type OperatorActor, operatorActor } from '@/lib/audit/actor'
import { currentOperator, requireRecentOperator } from '@/lib/auth/operator'
import { PATIENCE } from '@/lib/deadline'
import { Invalid } from '@/lib/errors'
import type { Done } from './done'

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
    if (!operator) notFound()
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

/** Leads back to the page that a form stands on, which says what was done, or why it was not. */
export async function lead(result: Result<Done>, page: string): Promise<never> {
  if (result.ok) redirect(await doneAt(page, result.value))
  redirect(await refusedTo(page, result))
}
