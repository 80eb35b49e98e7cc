import { PATIENCE, within } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { isHidden } from '@/lib/stripe/permissions'

/** What Stripe said; or why it was not asked, or did not say. */
export type Asked<T> = { kind: 'said'; value: T } | { kind: 'none'; remark: string }

/**
 * Asks Stripe about an id that our records do not know, unless this person has had it asked often.
 * Never waits long.
 */
export async function askStripe<T>(
  { id, reads, operator }: { id: string; reads: number; operator: { id: string } },
  ask: () => Promise<T>,
): Promise<Asked<T>> {
  const { allowed } = await mayRead(operator.id)
  if (!allowed)
    return none(`Our records do not have ${id}. Stripe was asked often; try again in a minute.`)
  try {
    for (let n = 0; n < reads; n += 1) countRead()
    return { kind: 'said', value: await within(PATIENCE.stripe, ask) }
  } catch (error) {
    if (error instanceof Unavailable)
      return none(`Our records do not have ${id}, and Stripe does not answer now.`)
    // A restricted key need not reach all that an operator can copy.
    if (error instanceof Error && isHidden(error))
      return none(`Our records do not have ${id}. ${error.message}`)
    throw error
  }
}

function none(remark: string): Asked<never> {
  return { kind: 'none', remark }
}
