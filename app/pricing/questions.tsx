import { Icon } from '@/app/components/icons'
import type { PlanOf } from '@/lib/catalog/catalog-of'
import { answersAbout } from './answers'

export function Questions({ plans }: { plans: readonly PlanOf<string>[] }) {
  return (
    <section aria-labelledby="questions">
      <h2 id="questions" className="display text-2xl">
        Questions
      </h2>
      <div className="mt-4 border-ink border-t">
        {answersAbout(plans).map(({ question, answer }) => (
          <details key={question} className="group border-line border-b">
            <summary className="flex min-h-14 items-center justify-between gap-4 py-3 font-medium hover:text-accent-text">
              {question}
              <Icon
                name="down"
                className="size-4 text-ink-3 transition-transform duration-150 group-open:rotate-180"
              />
            </summary>
            <p className="max-w-[60ch] pb-5 text-ink-2">{answer}</p>
          </details>
        ))}
      </div>
    </section>
  )
}
