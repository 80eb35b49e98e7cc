import 'server-only'
import { cookies } from 'next/headers'
import { type Jar, noteBinding } from '@/app/refusal-cookie'
import { cookieName } from '@/lib/auth/cookie-names'
import { sessionToken } from '@/lib/auth/session'
import { env } from '@/lib/env'
import type { Sentence } from '@/lib/refusals/sentence'
import { SIGNED_OUT } from '@/lib/refusals/sign-in'
import { seal, unseal } from '@/lib/seal'

/**
 * Why a visitor who has no session is asked to sign in: this browser's session has ended, or its account is deleted.
 * Null for one that was not signed in. Ask it only where no one is signed in.
 */
export async function readSessionOver(): Promise<Sentence | null> {
  // Its cookie outlives a session that was ended elsewhere; signing out here takes it away.
  if (!(await sessionToken())) return null
  return wasDeleted(await cookies()) ? DELETED : OVER
}

/** Leaves word in this browser that its account's deletion was asked for, for pages that Back leads to. */
export async function noteDeletion(): Promise<void> {
  const jar = await cookies()
  jar.set({
    name: cookieName(DELETION),
    value: seal(DELETION, binding(jar)),
    httpOnly: true,
    secure: env().appUrl.startsWith('https:'),
    sameSite: 'lax',
    path: '/',
    maxAge: SECONDS,
  })
}

function wasDeleted(jar: Jar): boolean {
  const sealed = jar.get(cookieName(DELETION))?.value ?? ''
  return unseal(sealed, binding(jar), SECONDS * 1000) === DELETION
}

// Of the session that asked: it says nothing about one that begins later in the same browser.
function binding(jar: Jar) {
  const { secret, session, now } = noteBinding(jar)
  return { purpose: DELETION, secret, owner: session ?? '', now }
}

const DELETION = 'deletion'

// As long as the cookie of a session, without which it says nothing.
const SECONDS = 30 * 86_400

const OVER: Sentence = {
  title: SIGNED_OUT.signed_out.title,
  advice: 'Sign in to go on where you were.',
}

// True while the outbox is at it, and after.
const DELETED: Sentence = {
  title: 'You asked for your account to be deleted.',
  advice: 'You are signed out everywhere, and there is nothing more for you to do.',
}
