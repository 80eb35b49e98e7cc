import { findSessionUser } from '@/db/queries/sessions'
import { failureText, log } from '@/lib/log'
import { rememberNetwork } from './known-network'

/** Keeps where a session that has just begun was begun from. Not audited: it must be forgotten in time. */
export async function noteNetwork(sessionToken: string, network: string): Promise<void> {
  try {
    const user = await findSessionUser(sessionToken)
    if (user) await rememberNetwork(user.id, network)
  } catch (error) {
    // The session stays. All that is lost is a privilege while an attacker floods the address.
    log.warn({ error: failureText(error) }, 'the network of a sign-in was not kept')
  }
}
