import type { cookies } from 'next/headers'
import { cookieName, sessionCookieName } from '@/lib/auth/cookie-names'
import { env } from '@/lib/env'
import { NOTE_SECONDS } from '@/lib/refusals/note'

/** The cookies of a request, as Next hands them to a page. */
export type Jar = Awaited<ReturnType<typeof cookies>>

/** One for each refusal, so that two tabs do not take each other's. */
export function refusalCookieName(ref: string): string {
  return cookieName(`refusal.${ref}`)
}

/** The cookie that carries a sealed note to the next page; one without a value takes it away. */
export function refusalCookie(ref: string, value: string) {
  return {
    name: refusalCookieName(ref),
    value,
    httpOnly: true,
    secure: env().appUrl.startsWith('https:'),
    sameSite: 'lax' as const,
    // Required by the prefix of its name.
    path: '/',
    maxAge: value === '' ? 0 : NOTE_SECONDS,
  }
}

/** What a note is sealed and opened with: our secret, this browser's session, and the time. */
export function noteBinding(jar: Pick<Jar, 'get'>) {
  const session = jar.get(sessionCookieName())?.value ?? null
  return { secret: env().auth.secret, session, now: Date.now() }
}
