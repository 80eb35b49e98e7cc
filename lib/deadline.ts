import { ambient } from '@/lib/ambient'
import { Unavailable } from '@/lib/errors'

/** How long a caller waits, in milliseconds of real time: for the answer, and for each query on the way to it. */
export type Patience = { answer: number; query: number }

/** Every kind of caller that waits for us. Any other waits five seconds for a query. */
export const PATIENCE = {
  // Stripe gives up on an answer after some seconds, and sends again.
  webhook: { answer: 5_000, query: 5_000 },
  // A monitor gives up on its own after some seconds, and would then take us for a dead host.
  monitor: { answer: 2_000, query: 2_000 },
  // A Prometheus, which gives up after ten: longer than what it asks for, whose silence is its answer.
  scrape: { answer: 4_000, query: 2_000 },
  // A user waits for a page to load, or a program of theirs for an answer.
  person: { answer: 10_000, query: 4_000 },
  // The part of it that is for Stripe: then the page shows what is known.
  stripe: { answer: 6_000, query: 4_000 },
  // A button that goes to Stripe: two tries of eight seconds would be longer than any user waits.
  press: { answer: 15_000, query: 4_000 },
  // A function ends after sixty seconds, and its heartbeat must be noted before. A query of a job that takes
  // ten is stuck, and the rest of the job can go on.
  job: { answer: 50_000, query: 10_000 },
  // One statement goes through a whole day of the trail.
  anchor: { answer: 50_000, query: 45_000 },
  // A command of an operator who watches, and can end it.
  operator: { answer: 6 * 3_600_000, query: 3_600_000 },
} as const satisfies Record<string, Patience>

/**
 * What `work` gives, or Unavailable once the patience for the answer is over. The work itself is not
 * stopped, except for its queries, each of which has its own limit.
 * @throws {Unavailable} it took too long
 */
export function within<T>({ answer, query }: Patience, work: () => Promise<T>): Promise<T> {
  const late = () => new Unavailable('too_slow')
  // Awaited inside: a query of Drizzle's begins only when it is awaited.
  const running = patience.run(query, async () => await work())
  return withDeadline(running, answer, late)
}

/** How long the query that begins now may take, by the patience of the caller that waits for it. */
export function queryPatience(): number {
  return patience.get() ?? 5_000
}

/**
 * What `work` gives, or an error once `milliseconds` of real time have passed. The work itself is
 * not stopped: use it where finishing late does no harm.
 */
export function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  // Not `Promise.race`: every delivery passes here twice, and that makes four times as many promises.
  return new Promise((resolve, reject) => {
    // Not a reason to keep a process alive: the work itself is one, if it is still needed.
    const timer = setTimeout(() => reject(late()), milliseconds).unref()
    const over = (settle: () => void) => {
      clearTimeout(timer)
      settle()
    }
    work.then(
      (value) => over(() => resolve(value)),
      (error: unknown) => over(() => reject(error)),
    )
  })
}

const patience = ambient<Patience['query']>(Symbol.for('app.patience'))
