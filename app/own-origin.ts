import 'server-only'
import { headers } from 'next/headers'
import { env } from '@/lib/env'
import { WrongOrigin } from './refuse'

/**
 * Lets only requests of our own pages pass: the session cookie comes with requests of other pages, too.
 * @throws {WrongOrigin} it comes from elsewhere, or does not say from where
 */
export async function requireOwnOrigin(): Promise<void> {
  // Next compares Origin with Host, which a proxy may rewrite, and lets a request without an
  // Origin pass; browsers send it with every POST, so here its absence is a refusal.
  if ((await headers()).get('origin') !== env().appUrl) throw new WrongOrigin()
}
