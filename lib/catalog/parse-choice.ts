import { z } from 'zod'
import { Invalid } from '@/lib/errors'
import type { Interval, PaidTier } from './plans'
import { INTERVALS, PAID_TIERS } from './plans'

export type Choice = { tier: PaidTier; interval: Interval }

/**
 * Reads a plan and an interval from a form or a query; everything else in it is left behind,
 * so that no price, customer or address can ride along.
 * @throws {Invalid} naming the field that is not one of ours
 */
export function parseChoice(input: FormData | { tier?: unknown; interval?: unknown }): Choice {
  const choice = Choice.safeParse(input instanceof FormData ? fieldsOf(input) : input)
  if (choice.success) return choice.data
  const fields = choice.error.issues.map((issue) => [String(issue.path[0]), issue.message])
  throw new Invalid('unknown_plan', Object.fromEntries(fields))
}

/** Reads what was a choice once, from an address, a row or a session; null when it is none now. */
export function readChoice(input: { tier?: unknown; interval?: unknown }): Choice | null {
  return Choice.safeParse(input).data ?? null
}

const Choice = z.object({
  tier: z.enum(PAID_TIERS, { error: 'This plan is not one that can be bought.' }),
  interval: z.enum(INTERVALS, { error: 'Choose monthly or yearly.' }),
})

// A field that comes twice is no choice: an array parses as neither.
function fieldsOf(form: FormData) {
  const only = (name: string) => (form.getAll(name).length > 1 ? form.getAll(name) : form.get(name))
  return { tier: only('tier'), interval: only('interval') }
}
