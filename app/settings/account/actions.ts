'use server'

import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { action, openAction } from '@/app/action'
import { doneAt } from '@/app/done-at'
import { fieldText } from '@/app/form-field'
import { limitSettings } from '@/app/limits'
import type { Refused } from '@/app/refuse'
import { refusedTo } from '@/app/refused-to'
import { requireRecentSignIn } from '@/lib/auth/recent'
import { signOutEverywhereHere } from '@/lib/auth/sign-out'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'
import { chooseEmails } from '@/lib/mail/choose-emails'
import { requestErasure } from '@/lib/retention/request-erasure'
import { readEmailsForm, readOwnEmail } from './read-form'

const HOME = '/settings/account'
const DELETE = '/settings/account/delete'

const choose = action(
  readEmailsForm,
  (actor, { kind, on }) => chooseEmails(actor, kind, on),
  limitSettings,
)
const erase = action(
  readOwnEmail,
  async (actor, typed) => {
    await requireRecentSignIn()
    await requestErasure(actor, typed)
  },
  limitSettings,
)
const leave = openAction(() => undefined, signOutEverywhereHere)

/** Turns a kind of email off or on. */
export async function setEmails(form: FormData): Promise<never> {
  const result = await choose(form)
  if (!result.ok) return back(HOME, result)
  redirect(await doneAt(HOME, 'emails'))
}

/** Has the account deleted: from here on no one is signed in, and the rest is done by the outbox, first right after this. */
export async function deleteAccount(form: FormData): Promise<never> {
  const result = await erase(form)
  if (!result.ok) return back(DELETE, result, fieldText(form, 'email')?.slice(0, 254))
  after(deliverAfterVisit)
  redirect('/sign-in/deleted')
}

/** Ends this session, and leads back here through signing in. */
export async function signInAgain(form: FormData): Promise<never> {
  const result = await leave(form)
  redirect(result.ok ? `/sign-in?return=${DELETE}` : await refusedTo(DELETE, result))
}

async function back(page: string, refused: Refused, typed?: string): Promise<never> {
  if (refused.code !== 'unauthenticated') redirect(await refusedTo(page, refused, { typed }))
  redirect(await refusedTo('/sign-in', refused, { kept: `return=${HOME}` }))
}
