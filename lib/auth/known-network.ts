import { createHmac } from 'node:crypto'
import { hasSignInNetwork, upsertSignInNetwork } from '@/db/queries/sign-in-networks'
import { findUserByEmail } from '@/db/queries/users'
import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'

// Days after a sign-in. A season: a customer who comes for each quarter's invoice is still known.
const KEPT_DAYS = 100

/** Whether a user signed in from this network before. */
export function isKnownNetwork(userId: UserId, network: string): Promise<boolean> {
  return hasSignInNetwork(userId, hashOf(userId, network))
}

/** The same for the user of an address; false for an address that has none. */
export async function isKnownNetworkOf(email: string, network: string): Promise<boolean> {
  const user = await findUserByEmail(email)
  return user !== null && isKnownNetwork(user.id, network)
}

/** Keeps that a user signed in from this network. */
export function rememberNetwork(userId: UserId, network: string): Promise<void> {
  return upsertSignInNetwork(userId, hashOf(userId, network), KEPT_DAYS)
}

// With a key, because all IPv4 addresses are tried in seconds; with the user, so that two rows do not
// show who sits in one office.
function hashOf(userId: UserId, network: string): string {
  const key = `ledgerline sign-in network ${env().auth.secret}`
  return createHmac('sha256', key).update(`${userId} ${network}`).digest('base64url')
}
