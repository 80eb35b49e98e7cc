import 'server-only'
import { randomUUID } from 'node:crypto'
import type { ReactNode } from 'react'
import { PATIENCE, within } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { log } from '@/lib/log'

/**
 * Wraps a page, or a section streamed into one: within seconds it shows its content, or says that this
 * cannot be shown now, and which service is down. Every page that reads our database or Stripe is made with it.
 */
export function inTime<Props>(
  render: (props: Props) => Promise<ReactNode>,
): (props: Props) => Promise<ReactNode> {
  return async (props) => {
    try {
      return await within(PATIENCE.person, () => render(props))
    } catch (error) {
      throw error instanceof Unavailable ? named(error) : error
    }
  }
}

// React sends the browser only the digest of a server error: `failure.tsx` reads the reason from it.
function named(error: Unavailable): Unavailable {
  if (!error.reason || 'digest' in error) return error
  const ref = randomUUID().slice(0, 8)
  log.error({ err: error, ref, reason: error.reason }, 'A page could not be shown now.')
  return Object.assign(error, { digest: `${error.reason}.${ref}` })
}
