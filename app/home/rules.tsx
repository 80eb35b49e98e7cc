const RULES = [
  {
    name: 'Two gateways',
    text: 'One to Postgres, one to Stripe. The house between them knows billing and neither.',
  },
  {
    name: 'An event says that something changed, not what is true',
    text: 'An event is a reason to read Stripe again. State is only ever what Stripe answers now.',
  },
  {
    name: 'No write without a name',
    text: 'Every change says who made it, and both are kept in one transaction.',
  },
]

export function Rules() {
  return (
    <section aria-labelledby="rules" className="border-line border-t pt-5 pb-20">
      <h2 id="rules" className="text-ink-3 text-sm">
        Three rules it is built on
      </h2>
      <ul className="mt-3 divide-y divide-line">
        {RULES.map(({ name, text }) => (
          <li
            key={name}
            className="grid gap-x-10 gap-y-1 py-4 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <p className="font-medium">{name}</p>
            <p className="text-ink-2">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
