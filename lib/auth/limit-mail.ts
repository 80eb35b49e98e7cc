import { hasOpenSignInToken } from '@/db/queries/sign-ins'
import { RateLimited } from '@/lib/errors'
import type { UserId } from '@/lib/ids'
import { limitRate, type RateDecision } from '@/lib/redis/rate-limit'
import { isKnownNetwork } from './known-network'

/**
 * Whether an address, whose user is `userId`, gets a mail when a link is asked for from `network`. What
 * one network asks for is counted by itself, so that it cannot use up what the address has. A network
 * from which the user signed in before is never refused, whatever others ask for; of its own many
 * requests, only those bring a mail for which no link works that was sent before.
 * @throws {RateLimited} with the true time to wait
 */
export async function limitMail(
  address: string,
  userId: UserId | null,
  network: string | null,
): Promise<boolean> {
  if (network) {
    const pair = `${address} ${network}`
    const own = await count('sign_in.mail', pair, PER_NETWORK)
    if (userId && (await isKnownNetwork(userId, network))) {
      if (own.allowed) return true
      if (await hasOpenSignInToken(address, FRESH_SECONDS)) return false
      return (await count('sign_in.more', pair, OF_KNOWN)).allowed
    }
    refuse(own)
  }
  refuse(await count('sign_in.address', address, PER_ADDRESS))
  return true
}

// A link that works for ten minutes more is as good as another one.
const FRESH_SECONDS = 600

// Enough for a user who keeps losing the mail.
const PER_NETWORK = { limit: 10, windowSeconds: 3600 }

// Too few to fill a mailbox; four networks' worth, so that one or two cannot lock a user out.
const PER_ADDRESS = { limit: 40, windowSeconds: 3600 }

// Two requests at once can both find that no link works. More than this is no person.
const OF_KNOWN = { limit: 5, windowSeconds: 300 }

function count(name: string, key: string, rule: typeof PER_NETWORK): Promise<RateDecision> {
  return limitRate({ name, key, ...rule, whenDown: 'refuse' })
}

function refuse(decision: RateDecision): void {
  if (decision.allowed) return
  throw new RateLimited('too_many_mails', decision.retryAfterSeconds)
}
