import type { Query } from '@/app/components/read-refusal'
import { DEMO_EVENTS, DEMO_USERS, type DemoUser } from '@/lib/auth/demo'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { KeptFields } from './kept-fields'

/** Only beside a sandbox: one press instead of a mail, for each person of the demo. */
export function DemoUsers({ query }: { query: Query }) {
  return (
    <section
      aria-labelledby="demo"
      className="mt-8 rounded-lg border border-line-strong border-dashed p-5"
    >
      <h2 id="demo" className="font-semibold">
        Or look around as another user
      </h2>
      <p className="mt-0.5 mb-4 text-ink-3 text-sm">These people exist only on this machine.</p>
      <form method="post" action="/sign-in/demo" className="grid gap-2">
        <KeptFields query={query} />
        {PLAIN.map(personButton)}
        <details>
          <summary className="cursor-pointer py-2 text-ink-2 text-sm">
            Plans in other states, {OTHERS.length} people
          </summary>
          <div className="grid gap-2 pt-1">{OTHERS.map(personButton)}</div>
        </details>
      </form>
    </section>
  )
}

const PLAIN = DEMO_USERS.filter(({ since }) => since === null)
const OTHERS = DEMO_USERS.filter(({ since }) => since !== null)

function personButton({ name, email, plan, since, operator }: DemoUser) {
  return (
    <button
      key={email}
      type="submit"
      name="email"
      value={email}
      className="button flex-wrap justify-between gap-x-3 gap-y-0 text-left"
    >
      <span>
        <span className="sr-only">Sign in as </span>
        {name}
      </span>
      <span className="font-normal text-ink-3 text-sm">
        {operator ? 'operates it, at /console' : since ? DEMO_EVENTS[since] : beganWith(plan)}
      </span>
    </button>
  )
}

function beganWith(plan: DemoUser['plan']): string {
  if (!plan) return `on ${FREE.name}`
  return `began on ${PLANS[plan.tier].name}, ${plan.interval}ly`
}
