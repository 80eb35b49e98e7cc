import 'server-only'
import { headers } from 'next/headers'
import { env } from '@/lib/env'
import { WrongOrigin } from './refuse'

/**
 * Lets a request pass that one of our own pages makes: a session's cookie comes with any other page's, too.
 * @throws {WrongOrigin} it comes from elsewhere, or does not say from where
 */
export async function requireOwnOrigin(): Promise<void> {
  // Next compares Origin with Host, which a proxy may rewrite, and lets a request without an
  // Origin pass; browsers send it with every POST, so here its absence is a refusal.
  if ((await headers()).get('origin') !== env().appUrl) throw new WrongOrigin()
}
