import type { MovementTotal } from '@/db/queries/revenue'

/** How much, in minor units a month, and of how many customers. */
export type Sum = { amount: number; customers: number }

/** The steps that lead from what stood at a month's beginning to what stands at its end. */
export const STEPS = [
  'new',
  'reactivation',
  'in',
  'expansion',
  'contraction',
  'out',
  'churn',
] as const
export type Step = (typeof STEPS)[number]

export type BridgeMonth = {
  /** Its first day. */
  month: string
  opening: Sum
  /** What came is above 0 and what went below; `customers` counts who did. */
  steps: Readonly<Record<Step, Sum>>
  closing: Sum
}

type Of = { currency: string; plan: string | null; months: readonly string[] }

/**
 * The bridge of a currency, and of one plan where that is asked for: for each month what stood, what came and
 * went, and what stands. Of one plan, customers who changed plans came `in` or went `out` with all they are worth;
 * of all plans together such a change is an expansion or a contraction. `totals`: from the first month on.
 */
export function bridge(
  totals: readonly MovementTotal[],
  { currency, plan, months }: Of,
): BridgeMonth[] {
  const moves = totals
    .filter((each) => each.currency === currency)
    .flatMap((each) => stepsOf(each, plan))
  const [first = ''] = months
  let sum = added(moves.filter(({ month }) => month < first))
  return months.map((month) => {
    const opening = sum
    const here = moves.filter((each) => each.month === month)
    const change = added(here)
    sum = {
      amount: opening.amount + change.amount,
      customers: opening.customers + change.customers,
    }
    // Safe: every step is there.
    const steps = Object.fromEntries(
      STEPS.map((step) => [step, counted(here.filter((each) => each.step === step))]),
    ) as Record<Step, Sum>
    return { month, opening, steps, closing: sum }
  })
}

type Move = { month: string; step: Step; amount: number; moved: number; customers: number }

function stepsOf(total: MovementTotal, plan: string | null): Move[] {
  const { month, kind, planBefore, planAfter, customers, before, after } = total
  const move = (step: Step, amount: number, sign: number): Move[] => [
    { month, step, amount, moved: customers, customers: sign * customers },
  ]
  if (plan !== null && planBefore !== plan && planAfter !== plan) return []
  switch (kind) {
    case 'new':
    case 'reactivation':
      return move(kind, after, 1)
    case 'churn':
      return move(kind, -before, -1)
    default:
      if (plan !== null && planBefore !== planAfter)
        return planAfter === plan ? move('in', after, 1) : move('out', -before, -1)
      return kind === 'move' ? [] : move(kind, after - before, 0)
  }
}

// What they change together.
function added(moves: readonly Move[]): Sum {
  return {
    amount: moves.reduce((sum, each) => sum + each.amount, 0),
    customers: moves.reduce((sum, each) => sum + each.customers, 0),
  }
}

// What a step comes to, and who took it.
function counted(moves: readonly Move[]): Sum {
  return {
    amount: moves.reduce((sum, each) => sum + each.amount, 0),
    customers: moves.reduce((sum, each) => sum + each.moved, 0),
  }
}
