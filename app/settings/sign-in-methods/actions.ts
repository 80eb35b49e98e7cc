'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { backTo } from '@/app/back-to'
import { doneAt } from '@/app/done-at'
import { limitSettings } from '@/app/limits'
import type { Refused } from '@/app/refuse'
import { removeSignInMethod } from '@/lib/auth/remove-method'
import { sessionToken } from '@/lib/auth/session'
import { turnLinksOn } from '@/lib/auth/turn-links-on'
import { readMethodForm } from './read-form'

const remove = action(
  readMethodForm,
  async (actor, method) => {
    await removeSignInMethod(actor, method, (await sessionToken()) ?? '')
    return method
  },
  limitSettings,
)
const turnOn = action(() => undefined, turnLinksOn, limitSettings)

/** Takes one sign-in method from the account, and signs every other browser out. */
export async function removeMethod(form: FormData): Promise<never> {
  const result = await remove(form)
  if (!result.ok) return back(result)
  redirect(await doneAt('/settings/sign-in-methods', `removed_${result.value}`))
}

/** Lets links to the account's own address sign in again. */
export async function allowLinks(form: FormData): Promise<never> {
  const result = await turnOn(form)
  if (!result.ok) return back(result)
  redirect(await doneAt('/settings/sign-in-methods', 'added_email'))
}

async function back(refused: Refused): Promise<never> {
  redirect(await backTo('/settings/sign-in-methods', refused))
}
