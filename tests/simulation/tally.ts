/** What can happen in a history besides everything going well, in words. */
export const FAULTS = {
  crashed: 'a process dies before or after a call',
  failed: 'a call fails before its entry, or its answer is lost',
  outage: 'a call meets an outage of Postgres or Stripe',
  frozen: 'a process freezes for longer than a lease',
  paced: 'there is no room to read Stripe',
  dropped: 'the platform drops the work after an answer',
  skipped: 'a cron is skipped',
  doubled: 'a cron runs twice',
  twice: 'an event is delivered twice',
  twin: 'Stripe makes two events of one fact',
  late: 'an event comes minutes or days late',
  lost: 'an event is never delivered',
  ignored: 'an event is not for us',
  unrecordable: 'an event names no fact, or a charge that Stripe does not have',
  overtaken: 'a commit finds that its claim is not the newest',
  unknownCustomer: 'a customer is made in the dashboard',
  named: 'a customer gets the id of its workspace after we have read it',
  deleted: 'a customer is deleted',
  returned: 'a workspace comes back with another customer',
  visited: 'a person comes back from Stripe and waits',
  unknownPrice: 'a customer is read whose price is unknown',
  disputed: 'a dispute, a refund or a warning names a charge',
  relabeled: 'a price or a product says another tier',
  legacy: 'a plan whose changes reach us by no event says another tier',
  raced: 'a price says another tier while its customer is read',
  paidMeanwhile: 'a debt is paid before its email is written',
  unwritten: 'an email is not written at the first try',
  recovered: 'the backfill finds an event that no webhook brought',
  drifted: 'the drift scan finds wrong records',
  week: 'a week passes with a fifth of its webhooks lost',
} as const

export type Fault = keyof typeof FAULTS

/** How often each fault has occurred, and in how many histories. */
export class Tally {
  readonly times = new Map<Fault, number>()
  readonly histories = new Map<Fault, number>()

  add(fault: Fault, n = 1): void {
    this.times.set(fault, (this.times.get(fault) ?? 0) + n)
  }

  /** Adds what one history saw. */
  take(one: Iterable<[Fault, number]>): void {
    for (const [fault, n] of one) {
      this.add(fault, n)
      this.histories.set(fault, (this.histories.get(fault) ?? 0) + 1)
    }
  }

  /** Adds what another process has counted. */
  merge({ times, histories }: Counted): void {
    for (const [fault, n] of times) this.add(fault, n)
    for (const [fault, n] of histories) {
      this.histories.set(fault, (this.histories.get(fault) ?? 0) + n)
    }
  }

  /** As it travels between processes. */
  counted(): Counted {
    return { times: [...this.times], histories: [...this.histories] }
  }
}

export type Counted = { times: [Fault, number][]; histories: [Fault, number][] }

/** Faults that a tally has never seen. */
export function unseen({ times }: Pick<Tally, 'times'>): Fault[] {
  return FAULT_NAMES.filter((fault) => !times.has(fault))
}

// Safe: the keys of the literal above.
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[]
