'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { openAction } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { limitSignIn, requestNetwork } from '@/app/limits'
import type { Refused } from '@/app/refuse'
import { refusedTo } from '@/app/refused-to'
import { cookieName } from '@/lib/auth/cookie-names'
import { signInByEmail, signInWith } from '@/lib/auth/sign-in'
import { signOutEverywhereHere } from '@/lib/auth/sign-out'
import { env } from '@/lib/env'
import { keptQuery } from './kept-fields'
import { readEmailForm, readProviderForm } from './read-form'
import { SENT_TO } from './sent-to'

const mailLink = openAction(
  readEmailForm,
  async ({ email, returnTo }) => {
    await signInByEmail(email, returnTo, await requestNetwork())
    return email
  },
  limitSignIn,
)
const leaveFor = openAction(readProviderForm, ({ provider, returnTo }) =>
  signInWith(provider, returnTo),
)
const leave = openAction(() => undefined, signOutEverywhereHere)

/** Mails a link, and says so; the plan that was chosen stays in the link. */
export async function sendLink(form: FormData): Promise<never> {
  const result = await mailLink(form)
  if (!result.ok) return back(form, result)
  ;(await cookies()).set(cookieName(SENT_TO), result.value, {
    httpOnly: true,
    secure: env().appUrl.startsWith('https:'),
    sameSite: 'lax',
    path: '/',
    // As long as the link works.
    maxAge: 900,
  })
  const sent = fieldText(form, 'again') === 'yes' ? 'again' : '1'
  redirect(`/sign-in?sent=${sent}&${keptOf(form)}`)
}

/** Leads to GitHub or Google; they lead back. */
export async function continueWith(form: FormData): Promise<never> {
  const result = await leaveFor(form)
  if (!result.ok) return back(form, result)
  redirect('/sign-in')
}

/** Ends this browser's session. */
export async function signOut(form: FormData): Promise<never> {
  const result = await leave(form)
  // Still signed in: that page would lead on at once, and say nothing.
  redirect(result.ok ? '/' : await refusedTo('/settings/billing', result))
}

async function back(form: FormData, refused: Refused): Promise<never> {
  const typed = fieldText(form, 'email')?.slice(0, LONGEST_ADDRESS)
  redirect(await refusedTo('/sign-in', refused, { kept: keptOf(form), typed }))
}

// The field takes no more; what is longer was not typed into it.
const LONGEST_ADDRESS = 254

function keptOf(form: FormData): string {
  return keptQuery((name) => fieldText(form, name))
}
