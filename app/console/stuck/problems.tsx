import { Section } from '@/app/console/section'
import type { ToLookAt } from '@/lib/customers/read-problems'

/** The customers that nothing but an operator can set right; nothing where there is none. */
export function Problems({ problems }: { problems: readonly ToLookAt[] }) {
  if (problems.length === 0) return null
  return (
    <Section
      id="problems"
      title="Customers to decide about"
      aside={
        <>
          As <code>npm run customers</code> lists them
        </>
      }
    >
      <ul className="card divide-y divide-line">
        {problems.map(({ id, what, next }) => (
          <li key={id} className="wrap-anywhere px-3 py-2.5">
            <p>{what}</p>
            <p className="mt-1 text-ink-2">{next}</p>
            <a
              href={`/console?q=${id}`}
              className="link inline-flex min-h-6 items-center font-mono text-xs"
            >
              {id}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}
