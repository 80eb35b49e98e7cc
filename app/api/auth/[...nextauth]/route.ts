import type { NextRequest } from 'next/server'
import { apiRoute } from '@/app/api/api-route'
import { networkKey } from '@/app/network-key'
import { explainSignIn } from '@/app/sign-in/explain'
import { handleAuthRequest } from '@/lib/auth/handle'
import { PATIENCE } from '@/lib/deadline'
import { noticingOutage } from '@/lib/outage'

/**
 * Links from mails and returns from GitHub and Google are GETs; everything else about signing in goes
 * through our own forms, which check the origin and the rate.
 */
export const GET = apiRoute(PATIENCE.press, async (request: NextRequest) => {
  const { value: response, outage } = await noticingOutage(() =>
    handleAuthRequest(request, networkKey(request.headers)),
  )
  // While the database is down, next-auth answers as if no user were signed in. A browser is led to a
  // page that says what to do; a program must not get "signed out" as the answer.
  const leads = response.status >= 300 && response.status < 400
  if (outage && !leads) throw outage
  // Only what was tried, and failed: next-auth repeats an error that is in the address of its other pages.
  return isCallback(request) ? explainSignIn(response, outage) : response
})

function isCallback({ nextUrl }: NextRequest): boolean {
  return nextUrl.pathname.split('/').filter(Boolean)[2] === 'callback'
}
