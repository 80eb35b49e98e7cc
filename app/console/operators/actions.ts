'use server'

import { consoleAct, lead } from '@/app/console/console-act'
import { doneOf } from '@/app/console/done'
import { readAppointment, readRevocation } from '@/app/console/read-form'
import { appointOnce, revokeOnce } from '@/lib/console/operator-role'

const HERE = '/console/operators'

const give = consoleAct(readAppointment, async (actor, given) => {
  return doneOf(await appointOnce(actor, given), 'appointed')
})
const take = consoleAct(readRevocation, async (actor, given) => {
  return doneOf(await revokeOnce(actor, given), 'revoked_role')
})

/** Gives the role to someone who signs in here. */
export async function appoint(form: FormData): Promise<never> {
  return lead(await give(form), HERE, form)
}

/** Takes the role back. */
export async function revoke(form: FormData): Promise<never> {
  return lead(await take(form), HERE, form)
}
