import type { Check } from '@/tests/harness/print-checks'
import type { Burst, Result } from './run'

/** Compares two bursts with what was promised. */
export function judge({ many, one, wrong }: Result): Check[] {
  const window = Math.ceil((one.sending + one.draining) / WINDOW_S)
  return [
    // breakage: thousands of events come at once | every one is answered 2xx at the first try; nothing piles up at Stripe
    {
      name: 'every delivery is answered 2xx at the first try',
      holds: [many, one].every(({ answers, deliveries }) => allGood(answers, deliveries)),
      detail: [many, one].map(said).join('; '),
    },
    // breakage: a burst leaves work behind | the drains finish it: in the end nothing waits
    {
      name: 'in the end nothing waits',
      holds: many.left + one.left === 0,
      detail: `${many.left + one.left} wait`,
    },
    // breakage: events of a burst come doubled, out of order and while the customer still changes | every customer has what Stripe says, every payment is recorded once
    {
      name: 'every customer is as at Stripe, and every fact is recorded once',
      holds: wrong.length === 0,
      detail: wrong.length === 0 ? 'all agree' : wrong.slice(0, 20).join('\n      '),
    },
    // breakage: each event of a burst asks Stripe | two reads of a customer, one more for every two seconds in which more comes; Checkout keeps its share of Stripe's rate
    {
      name: 'Stripe is asked at most 2.2 times a customer, and once more for each further window',
      holds: many.reads <= many.windows + 1.2 * many.customers,
      detail: `${many.reads} reads for ${many.customers} customers in ${many.windows} windows`,
    },
    // breakage: one customer makes thousands of events | their state is read every two seconds, not for each event
    {
      name: 'one customer is read at most once in two seconds, and once more',
      holds: one.reads <= window + 1,
      detail: `${one.reads} reads in ${window} windows`,
    },
  ]
}

const WINDOW_S = 2

function allGood(answers: Burst['answers'], deliveries: number): boolean {
  return answers.size === 1 && answers.get('200') === deliveries
}

/** A burst in one line. */
export function inNumbers(burst: Burst): string {
  const { customers, events, deliveries, sending, draining, latencies, reads } = burst
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(quantile(latencies, share)))
  const rate = Math.round(deliveries / sending)
  return `${events} events in ${deliveries} deliveries over ${customers} customers: ${rate} answers a second, p50 ${p50} ms, p99 ${p99} ms, drained ${draining.toFixed(1)} s after the last answer, ${reads} reads of Stripe`
}

function said({ answers }: Burst): string {
  return [...answers].map(([status, n]) => `${status}: ${n}`).join(', ')
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}
