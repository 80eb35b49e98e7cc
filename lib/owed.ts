import type { Money } from './money'

type Open = { remaining: Money }

/** What is owed now of a plan: all that its open invoices still ask for, the newest and those before it. */
export function owedOf({ remaining, earlier = [] }: Open & { earlier?: readonly Open[] }): Money {
  const all = [remaining, ...earlier.map((each) => each.remaining)]
  return { amount: all.reduce((sum, { amount }) => sum + amount, 0), currency: remaining.currency }
}
