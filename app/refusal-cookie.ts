import type { cookies } from 'next/headers'
import { cookieName, sessionCookieName } from '@/lib/auth/cookie-names'
import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'
import { NOTE_SECONDS, TYPED_SECONDS } from '@/lib/refusals/note'

/** The cookies of a request, as Next hands them to a page. */
export type Jar = Awaited<ReturnType<typeof cookies>>

/** One for each refusal, so that two tabs do not take each other's. */
export function refusalCookieName(ref: string): string {
  return cookieName(`refusal.${ref}`)
}

/** The same of what was typed into a form whose session had ended. */
export function typedCookieName(ref: string): string {
  return cookieName(`typed.${ref}`)
}

/** The cookie that carries a sealed note to the next page; one without a value takes it away. */
export function refusalCookie(ref: string, value: string) {
  return cookieOf(refusalCookieName(ref), value, NOTE_SECONDS)
}

/** The same for the page that follows signing in. */
export function typedCookie(ref: string, value: string) {
  return cookieOf(typedCookieName(ref), value, TYPED_SECONDS)
}

function cookieOf(name: string, value: string, seconds: number) {
  return {
    name,
    value,
    httpOnly: true,
    secure: env().appUrl.startsWith('https:'),
    sameSite: 'lax' as const,
    // Required by the prefix of its name.
    path: '/',
    maxAge: value === '' ? 0 : seconds,
  }
}

// Tabs that may wait for their page at the same time. Without a bound, a program that never looks at an
// answer would make its requests too long for any server.
const TABS = 4

/** Takes away the eldest cookies of a kind, so that one more is not too many. */
export function makeRoom(jar: Jar, kind: string, tabs = TABS): void {
  const waiting = jar.getAll().filter(({ name }) => name.startsWith(kind))
  for (const { name } of waiting.slice(0, Math.max(0, waiting.length - tabs + 1))) {
    jar.set(cookieOf(name, '', 0))
  }
}

/** What a note is sealed and opened with: our secret, this browser's session, and the time. */
export function noteBinding(jar: Pick<Jar, 'get'>) {
  const session = jar.get(sessionCookieName())?.value ?? null
  return { secret: env().auth.secret, session, now: Date.now() }
}

/** The same for what was typed: it is its user's, in whatever session they come back. */
export function typedBinding(owner: UserId) {
  return { secret: env().auth.secret, owner, now: Date.now() }
}
