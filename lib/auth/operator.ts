import { cache } from 'react'
import { findSessionOperator, type SessionOperator } from '@/db/queries/operators'
import { Forbidden } from '@/lib/errors'
import { RECENT } from './recent'
import { sessionToken } from './session'

export type Operator = SessionOperator

/** The operator who is signed in; null for everyone else. Asked once per request. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const token = await sessionToken()
  return token ? findSessionOperator(token) : null
})

/** What they do asks for more than what they look at. @throws {Forbidden} they have to sign in again */
export function requireRecentOperator({ signedInFor }: Operator): void {
  if (signedInFor >= RECENT * 60_000) throw new Forbidden('sign_in_again')
}
