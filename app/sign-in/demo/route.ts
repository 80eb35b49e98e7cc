import { type NextRequest, NextResponse } from 'next/server'
import { openAction, refusalQuery } from '@/app/action'
import { readDemoForm } from '@/app/sign-in/read-form'
import { demoSignIn } from '@/lib/auth/sign-in'
import { env } from '@/lib/env'

const enter = openAction(readDemoForm, ({ email, returnTo }) => demoSignIn(email, returnTo))

/**
 * Signs a demo user in. Not a server action: their redirect is read in advance by the router,
 * and the link it leads to works only once.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const result = await enter(await request.formData())
  const path = result.ok ? result.value : `/sign-in?${refusalQuery(result)}`
  return NextResponse.redirect(new URL(path, env().appUrl), 303)
}
