import { Icon } from '@/app/components/icons'
import type { PlanOf } from '@/lib/catalog/catalog-of'
import { FREE } from '@/lib/catalog/plans'
import { planNames } from './plan-words'
import { amountWords } from './tax-words'

const questionsAbout = (plans: readonly PlanOf<string>[]) => [
  {
    question: 'When am I charged?',
    answer: `${hasTrial(plans) ? 'A plan with a trial charges nothing before it ends. Otherwise you are charged when' : 'When'} you confirm the payment with Stripe, and then on the same day of each month or year. You see ${amountWords()} before you confirm.`,
  },
  {
    question: 'What happens when I cancel?',
    answer: `Your plan stays on until the end of the period you paid for, and you are not charged again. Until that day you can take it back with one click. After it you are on ${FREE.name}.`,
  },
  {
    question: 'What if a payment fails?',
    answer:
      'Your plan stays on for some days while Stripe tries the card again, and your billing page says until when. Change the card there and everything goes on as before.',
  },
  {
    question: `Can I change between ${choices(plans)}?`,
    answer:
      'At any time, from your billing page. Stripe counts the unused days of the old plan towards the new one and shows you the amount before you agree.',
  },
  {
    question: 'Who sees my card?',
    answer:
      'Stripe alone. You type it into Stripe’s own form; this application never receives it and could not store it.',
  },
]

function hasTrial(plans: readonly PlanOf<string>[]): boolean {
  return plans.some((plan) => plan.prices !== null && (plan.trialDays ?? 0) > 0)
}

// With several plans the question is about choosing one; with one plan, about its billing interval.
function choices(plans: readonly PlanOf<string>[]): string {
  const paid = plans.filter(({ prices }) => prices !== null)
  return paid.length > 1 ? planNames(paid) : 'monthly and yearly'
}

export function Questions({ plans }: { plans: readonly PlanOf<string>[] }) {
  return (
    <section aria-labelledby="questions">
      <h2 id="questions" className="display text-2xl">
        Questions
      </h2>
      <div className="mt-4 border-ink border-t">
        {questionsAbout(plans).map(({ question, answer }) => (
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
