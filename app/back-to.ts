import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Route } from 'next'
import { cookies } from 'next/headers'
import { sealTyped } from '@/lib/refusals/note'
import { makeRoom, typedBinding, typedCookie, typedCookieName } from './refusal-cookie'
import type { Refused } from './refuse'
import { refusedTo } from './refused-to'
import { readTyped, type Sent } from './typed'

/**
 * Where a refused form leads: back to its page, with what was typed. When its session has ended, to signing in and
 * from there to its page, where the same user finds what they typed; no address says any of it.
 */
export async function backTo(page: string, refused: Refused, sent?: Sent): Promise<Route> {
  const isOver = refused.code === 'unauthenticated'
  const back = isOver || refused.reason === 'sign_in_again' ? await keptAt(page, sent) : page
  if (!isOver) return refusedTo(page, refused, { typed: sent?.typed, back })
  return refusedTo('/sign-in', refused, { kept: new URLSearchParams({ return: back }).toString() })
}

// The page itself where there is nothing to keep, or where it is not known for whom.
async function keptAt(page: string, { typed, owner }: Sent = NOTHING): Promise<string> {
  if (!owner || !Object.values(readTyped(typed)).some((text) => text.trim() !== '')) return page
  const jar = await cookies()
  const ref = randomUUID().slice(0, 8)
  const note = { code: CODE, reason: 'typed_kept', ref, inLog: false, typed } as const
  makeRoom(jar, typedCookieName(''))
  jar.set(typedCookie(ref, sealTyped(note, typedBinding(owner))))
  return `${page}?${new URLSearchParams({ error: CODE, ref })}`
}

// As the page's address says it.
const CODE = 'signed_out'

const NOTHING: Sent = { typed: '{}', owner: null }
