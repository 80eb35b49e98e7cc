import 'server-only'
import type { Route } from 'next'
import { cookies } from 'next/headers'
import { sealNote } from '@/lib/refusals/note'
import { makeRoom, noteBinding, refusalCookie, refusalCookieName } from './refusal-cookie'
import type { Refused } from './refuse'

type Refusal = Omit<Refused, 'ok' | 'code' | 'fields'> & { code: string }
type Carried = {
  /** More of the query, such as the plan that was chosen. */
  kept?: string
  /** What was typed into the form's field. */
  typed?: string | undefined
  /** Where its page leads through signing in once more, with what was typed. */
  back?: string
}

/**
 * The address that a refused form leads to, with a code and a reference in it and never a text. Which
 * sentence its page shows goes there in a sealed cookie: an address alone shows nothing, so that a link
 * from another site cannot put words on a page of ours. Call it where cookies may be set.
 */
export async function refusedTo(
  path: string,
  { code, reason, ref, inLog, retryAfterSeconds: wait, needs }: Refusal,
  { kept = '', typed, back }: Carried = {},
): Promise<Route> {
  const jar = await cookies()
  makeRoom(jar, refusalCookieName(''))
  const note = { code, reason, ref, inLog, wait, plan: needs?.planName, typed, back }
  jar.set(refusalCookie(ref, sealNote(note, noteBinding(jar))))
  const query = new URLSearchParams({ error: code, ref })
  // A page of ours with a query of ours: the caller names the page, and its form was on one.
  return `${path}?${query}${kept ? `&${kept}` : ''}` as Route
}
