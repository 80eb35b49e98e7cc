'use server'

import { redirect } from 'next/navigation'
import { action, refusalQuery } from '@/app/action'
import { limitPortal } from '@/app/limits'
import { openPortal } from '@/lib/portal/open'

const open = action(() => undefined, openPortal, limitPortal)

/** Leads to Stripe's portal. Takes nothing from the form: whose portal it is comes from the session. */
export async function manageBilling(form: FormData): Promise<never> {
  const result = await open(form)
  if (result.ok) redirect(result.value.url as never)
  if (result.code === 'unauthenticated') redirect('/sign-in?return=/settings/billing')
  const { code } = result
  const isNone = code === 'not_found' || code === 'customer_deleted'
  const page = isNone ? '/settings/billing/plans' : '/settings/billing'
  redirect(`${page}?${refusalQuery(result)}`)
}
