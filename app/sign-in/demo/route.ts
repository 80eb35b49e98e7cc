import { NextResponse } from 'next/server'
import { openAction } from '@/app/action'
import { limitSignIn } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { demoSignIn } from '@/lib/auth/sign-in'
import { env } from '@/lib/env'
import { SENTENCES } from '@/lib/refusals/sentences'
import { readDemoRequest } from './read-request'

const enter = openAction(
  readDemoRequest,
  ({ email, returnTo }) => demoSignIn(email, returnTo),
  limitSignIn,
)

/**
 * Signs a demo user in. Not a server action: their redirect is read in advance by the router,
 * and the link it leads to works only once.
 */
export async function POST(request: Request): Promise<Response> {
  if (!env().devTools) return new Response(null, { status: 404 })
  const result = await enter(request)
  if (!result.ok && result.code === 'invalid') {
    return new Response(SENTENCES[result.reason].title, { status: 400 })
  }
  const path = result.ok ? result.value : await refusedTo('/sign-in', result)
  return NextResponse.redirect(new URL(path, env().appUrl), 303)
}
