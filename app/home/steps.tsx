const STEPS = [
  {
    what: 'You click Upgrade',
    how: 'The form sends a plan and an interval, nothing else. No price and no customer can be slipped in.',
  },
  {
    what: 'You pay at Stripe',
    how: 'In Stripe’s own form, so no card number ever comes here. Fifty clicks still open one checkout.',
  },
  {
    what: 'You come back',
    how: 'We ask Stripe, not the address bar, and turn the plan on before the page is drawn.',
  },
  {
    what: 'The webhook arrives',
    how: 'Before, after, twice, or three days late. It is kept once, Stripe is read again, and nothing is left to fix.',
  },
]

export function Steps() {
  return (
    <section aria-labelledby="steps" className="border-ink border-t pt-5">
      <h2 id="steps" className="text-ink-3 text-sm">
        What happens when you click
      </h2>
      <ol className="mt-4 grid gap-x-10 gap-y-7 pb-14 sm:grid-cols-2 lg:grid-cols-4">
        {STEPS.map(({ what, how }, index) => (
          <li key={what}>
            <p className="display text-xl">
              <span aria-hidden="true" className="mr-2 text-accent">
                {index + 1}
              </span>
              {what}
            </p>
            <p className="mt-1.5 text-[0.9375rem] text-ink-2">{how}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
