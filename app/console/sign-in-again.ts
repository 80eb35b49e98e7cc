'use server'

import { notFound, redirect } from 'next/navigation'
import { openAction } from '@/app/action'
import { fieldText } from '@/app/form-field'
import { refusedTo } from '@/app/refused-to'
import { currentOperator } from '@/lib/auth/operator'
import { safePath } from '@/lib/auth/safe-path'
import { signOutEverywhereHere } from '@/lib/auth/sign-out'

/** Ends this session and leads to the sign-in page, and from there back: a new sign-in is a recent one. */
export async function signInAgain(form: FormData): Promise<never> {
  if (!(await currentOperator())) notFound()
  const page = safePath(fieldText(form, 'page'), '/console')
  const result = await leave(undefined)
  // Still signed in as before, so that page says what was refused.
  if (!result.ok) redirect(await refusedTo('/console', result))
  redirect(`/sign-in?${new URLSearchParams({ return: page })}`)
}

const leave = openAction(() => undefined, signOutEverywhereHere)
