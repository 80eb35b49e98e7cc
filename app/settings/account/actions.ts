'use server'

import { redirect } from 'next/navigation'
import { after } from 'next/server'
import { action, openAction } from '@/app/action'
import { backTo } from '@/app/back-to'
import { doneAt } from '@/app/done-at'
import { fieldText } from '@/app/form-field'
import { limitSettings } from '@/app/limits'
import type { Refused } from '@/app/refuse'
import { refusedTo } from '@/app/refused-to'
import { noteDeletion } from '@/app/sign-in/session-over'
import { sentWith } from '@/app/typed'
import { FORM_OWNER, readFormOwner } from '@/lib/auth/form-owner'
import { requireRecentSignIn } from '@/lib/auth/recent'
import { signOutEverywhereHere } from '@/lib/auth/sign-out'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'
import { chooseEmails } from '@/lib/mail/choose-emails'
import { isLeaving } from '@/lib/retention/is-leaving'
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
    // Pressed twice at once: the other press has ended this session meanwhile.
    if (await isLeaving(actor.id)) return
    await requireRecentSignIn()
    await requestErasure(actor, typed)
  },
  limitSettings,
)
// The first press ended the session. Whose form it was says that this is the second one: by a double click, in
// another tab, or by Back.
const seeWhetherLeaving = openAction(
  (form: FormData) => readFormOwner(fieldText(form, FORM_OWNER)),
  async (owner) => owner !== null && isLeaving(owner),
)
const leave = openAction(() => undefined, signOutEverywhereHere)

/** Turns a kind of email off or on. */
export async function setEmails(form: FormData): Promise<never> {
  const result = await choose(form)
  if (!result.ok) redirect(await backTo(HOME, result))
  redirect(await doneAt(HOME, 'emails'))
}

/**
 * Has the account deleted: from here on no one is signed in, and the rest is done by the outbox,
 * first right after this.
 */
export async function deleteAccount(form: FormData): Promise<never> {
  const result = await erase(form)
  if (!result.ok && !(await isAnotherPress(result, form)))
    redirect(await backTo(DELETE, result, sentWith(form, { email: 254 })))
  after(deliverAfterVisit)
  await noteDeletion()
  redirect('/sign-in/deleted')
}

/** Ends this session, and leads back here through signing in. */
export async function signInAgain(form: FormData): Promise<never> {
  const result = await leave(form)
  redirect(result.ok ? `/sign-in?return=${DELETE}` : await refusedTo(DELETE, result))
}

async function isAnotherPress({ reason }: Refused, form: FormData): Promise<boolean> {
  if (reason !== 'signed_out') return false
  const leaving = await seeWhetherLeaving(form)
  return leaving.ok && leaving.value
}
