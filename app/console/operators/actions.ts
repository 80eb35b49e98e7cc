'use server'

import { consoleAct, lead } from '@/app/console/console-act'
import { readAppointment, readRevocation } from '@/app/console/read-form'
import { appointOperator } from '@/lib/operators/appoint'
import { revokeOperator } from '@/lib/operators/revoke'

const HERE = '/console/operators'

const give = consoleAct(readAppointment, async (actor, given) => {
  await appointOperator(actor, given)
  return 'appointed'
})
const take = consoleAct(readRevocation, async (actor, given) => {
  await revokeOperator(actor, given)
  return 'revoked_role'
})

/** Gives the role to someone who signs in here. */
export async function appoint(form: FormData): Promise<never> {
  return lead(await give(form), HERE, form)
}

/** Takes the role back. */
export async function revoke(form: FormData): Promise<never> {
  return lead(await take(form), HERE, form)
}
