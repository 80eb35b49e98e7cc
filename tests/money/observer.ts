import type { AccessPolicy } from '@/lib/catalog/access-policy'
import type { Random } from '@/tests/simulation/random'
import { recordsOf } from './accountant/records'
import { endUnstarted, type Kept, sync } from './app'
import { differences, misshown } from './compare'
import type { Person } from './person'
import type { Rule } from './rules'

const DAY = 86_400

/** Looks at a person's life as the application does, and as the accountant does, and keeps what differs. */
export function observe(person: Person, policy: AccessPolicy, random: Random, rule: Rule | null) {
  const wrongs: string[] = []
  // An application whose outbox is slow does not cancel what never began.
  const prompt = policy.failedFirstPayment === 'cancel' && random.chance(0.5)
  let kept: Kept | null = null
  let looks = 0
  /** False: something is wrong, and there is nothing more to see. */
  const look = async (): Promise<boolean> => {
    if (wrongs.length > 0) return false
    looks += 1
    const now = person.now()
    kept = await sync(person.customer, kept, { now, policy, rule })
    const said = { kept, records: recordsOf(person, policy), policy, decided: person.decided }
    const found = [
      ...differences(said, now),
      ...instants(kept, now, random).flatMap((at) => misshown(said, at)),
    ]
    wrongs.push(...found.map((what) => `${new Date(now * 1000).toISOString()} ${what}`))
    if (prompt && endUnstarted(person, kept)) return look()
    return wrongs.length === 0
  }
  return { wrongs, look, looks: () => looks }
}

// Now, around its end, and some day: what is true then if nothing happens.
function instants({ entitlement: { validUntil } }: Kept, now: number, random: Random): number[] {
  const end = validUntil ? Math.floor(Number(validUntil) / 1000) : now
  return [now, Math.max(now, end - 2), end + 2, now + random.between(0, 60 * DAY)]
}
