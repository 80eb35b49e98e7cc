/** One step of a workspace's life, as far as its uses go. */
export type Step =
  | { do: 'consume' | 'reserve'; key: number; units: number }
  | { do: 'commit' | 'refund'; key: number }
  /** The time of a reservation is over. */
  | { do: 'expire'; key: number }
  /** Another plan, an operator's limit, or another way past it. */
  | { do: 'plan'; limit: number; overage: 'block' | 'allow' }
  | { do: 'next_month' }
  | { do: 'buy'; units: number; months: number }
  /** A purchase is refunded, or its refund fails. */
  | { do: 'take_back' | 'give_back'; purchase: number }

/** How things stand after a step, and what the step was answered. */
export type Line = { answer: string; used: number; credits: number }

type Entry = {
  key: number
  units: number
  plan: number
  month: number
  state: 'counted' | 'held' | 'refunded' | 'expired'
  spent: { purchase: number; units: number }[]
}
type Purchase = { units: number; until: number; takenBack: boolean }

/**
 * The uses of a workspace as a person would keep them with a pencil: nothing is counted up, everything is
 * added up anew from what was written down. What a step is answered must be what the database answers.
 */
export class Paper {
  month = 0
  private limit: number
  private overage: 'block' | 'allow' = 'block'
  private readonly entries: Entry[] = []
  private readonly purchases: Purchase[] = []
  private readonly firstCredits: boolean

  constructor(limit: number, credits: 'after_plan' | 'before_plan') {
    this.limit = limit
    this.firstCredits = credits === 'before_plan'
  }

  write(step: Step): Line {
    return { answer: this.answer(step), used: this.used(), credits: this.credits() }
  }

  /** Units that count for good in a month of the plan. */
  countedIn(month: number): number {
    const counted = this.entries.filter((each) => each.state === 'counted' && each.month === month)
    return counted.reduce((sum, { plan }) => sum + plan, 0)
  }

  private answer(step: Step): string {
    switch (step.do) {
      case 'consume':
      case 'reserve':
        return this.take(step)
      case 'commit':
      case 'refund':
        return this.finish(step)
      case 'expire':
        for (const each of this.entries)
          if (each.key === step.key && each.state === 'held') each.state = 'expired'
        return 'done'
      case 'plan':
        this.limit = step.limit
        this.overage = step.overage
        return 'done'
      case 'next_month':
        this.month += 1
        return 'done'
      case 'buy':
        this.purchases.push({
          units: step.units,
          until: this.month + step.months,
          takenBack: false,
        })
        return 'done'
      case 'take_back':
      case 'give_back': {
        const purchase = this.purchases[step.purchase]
        if (purchase) purchase.takenBack = step.do === 'take_back'
        return 'done'
      }
    }
  }

  private take({ do: act, key, units }: Extract<Step, { do: 'consume' | 'reserve' }>): string {
    const last = this.entries.findLast((each) => each.key === key)
    if (last && (last.state === 'counted' || last.state === 'held')) {
      if (last.units !== units) return 'key_reused'
      if (last.state === 'counted') return 'already_counted'
      return act === 'reserve' ? 'already_reserved' : 'key_reused'
    }
    const room = Math.max(0, this.limit - this.used())
    const credits = this.credits()
    let plan = this.firstCredits
      ? Math.min(room, Math.max(0, units - credits))
      : Math.min(room, units)
    if (units - plan > credits) {
      if (this.overage === 'block') return 'limit_reached'
      plan = units - credits
    }
    const state = act === 'consume' ? 'counted' : 'held'
    this.entries.push({
      key,
      units,
      plan,
      month: this.month,
      state,
      spent: this.spend(units - plan),
    })
    return 'allowed'
  }

  private finish({ do: act, key }: Extract<Step, { do: 'commit' | 'refund' }>): string {
    const last = this.entries.findLast((each) => each.key === key)
    if (!last || last.state === 'expired') return 'expired'
    if (last.state === 'counted') return 'already_committed'
    if (last.state === 'refunded') return 'already_refunded'
    last.state = act === 'commit' ? 'counted' : 'refunded'
    return act === 'commit' ? 'committed' : 'refunded'
  }

  private used(): number {
    const now = this.entries.filter(({ month }) => month === this.month)
    const current = now.filter(({ state }) => state === 'counted' || state === 'held')
    return current.reduce((sum, { plan }) => sum + plan, 0)
  }

  private credits(): number {
    return this.purchases.reduce((sum, _, n) => sum + this.left(n), 0)
  }

  private left(n: number): number {
    const purchase = this.purchases[n]
    if (!purchase || purchase.takenBack || purchase.until <= this.month) return 0
    const spent = this.entries
      .filter(({ state }) => state === 'counted' || state === 'held')
      .flatMap((each) => each.spent.filter((part) => part.purchase === n))
    return purchase.units - spent.reduce((sum, { units }) => sum + units, 0)
  }

  private spend(units: number): Entry['spent'] {
    const order = this.purchases
      .map(({ until }, purchase) => ({ until, purchase }))
      .toSorted((a, b) => a.until - b.until || a.purchase - b.purchase)
    let missing = units
    return order.flatMap(({ purchase }) => {
      const take = Math.min(missing, this.left(purchase))
      missing -= take
      return take > 0 ? [{ purchase, units: take }] : []
    })
  }
}
