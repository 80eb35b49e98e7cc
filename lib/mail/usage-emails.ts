import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'
import { PLANS, type Tier } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import type { Mail } from './mail'
import { renderEmail } from './render'

export type UsedUp = {
  to: string
  about: 'near' | 'reached'
  tier: Tier
  usage: { used: number; limit: number; resetsAt: Date }
  /** What is left of uses that were bought beside the plan. */
  credits: number
  billingUrl: string
}

// From here on a limit is near: the same share that counts as near in `db/functions/note-counted.sql`.
const NEAR = 0.8

/**
 * A limit that is near or reached: how much is used, until when, and what then. Null when that is not so
 * any more, or when the other of the two emails says it.
 */
export function usageEmail({ to, about, tier, usage, credits, billingUrl }: UsedUp): Mail | null {
  const { used, limit } = usage
  if (used < limit * NEAR || (about === 'reached') !== used >= limit) return null
  const until = formatDay(usage.resetsAt)
  const plan = PLANS[tier].name
  const count =
    about === 'reached' ? `All ${inWords(limit)}` : `${inWords(used)} of ${inWords(limit)}`
  return renderEmail({
    to,
    subject: `${count} uses of ${plan} are used`,
    paragraphs: [
      `${count} uses of ${plan} are used. They start again on ${until}.`,
      about === 'reached' ? whatNow(tier, credits, until) : whatThen(tier, credits, until),
      ...moreUses(tier),
    ],
    facts: [
      ['Used', `${inWords(used)} of ${inWords(limit)}`],
      ['New uses from', until],
    ],
    link: { label: 'See your usage', url: billingUrl },
  })
}

function whatNow(tier: Tier, credits: number, until: string): string {
  if (credits > 0) return `What you use now is taken from your ${inWords(credits)} credits.`
  if (goesOn(tier)) return 'What you use now is counted, and nothing stops.'
  return `New uses are possible from ${until}.`
}

function whatThen(tier: Tier, credits: number, until: string): string {
  if (credits > 0) return `Your ${inWords(credits)} credits are used after them.`
  if (goesOn(tier)) return 'What you use after them is counted, and nothing stops.'
  return `When all are used, new uses are possible from ${until}.`
}

function goesOn(tier: Tier): boolean {
  return PLANS[tier].overage === 'allow'
}

function moreUses(tier: Tier): string[] {
  const next = planWithMoreUses(tier)
  return next ? [`${next.name} has ${inWords(next.monthlyUses)} uses a month.`] : []
}

function inWords(count: number): string {
  return count.toLocaleString('en-US')
}
