import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'

/** Exactly once: every fact that happened is recorded, none twice, and none that did not happen. */
export function reported(stripeModels: StripeModel[], { facts }: MemoryTables): string[] {
  const happened = new Set(stripeModels.flatMap((stripeModel) => [...stripeModel.facts]))
  const seen = new Set<string>()
  const wrong: string[] = []
  for (const { key } of facts) {
    if (seen.has(key)) wrong.push(`${key} was recorded twice.`)
    else if (!happened.has(key)) wrong.push(`${key} never happened.`)
    seen.add(key)
  }
  for (const key of happened) if (!seen.has(key)) wrong.push(`${key} was lost.`)
  return wrong
}
