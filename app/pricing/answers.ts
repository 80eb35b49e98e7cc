import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import type { PlanOf } from '@/lib/catalog/catalog-of'
import { FREE } from '@/lib/catalog/plans'
import { planNames } from './plan-words'
import { amountWords } from './tax-words'

type Plans = readonly PlanOf<string>[]

/** What people ask before they buy, and what is done by the policies of this application. */
export function answersAbout(
  plans: Plans,
  policy: AccessPolicy = ACCESS_POLICY,
): { question: string; answer: string }[] {
  return [
    {
      question: 'When am I charged?',
      answer: `${hasTrial(plans) ? 'A plan with a trial charges nothing before it ends. Otherwise you are charged when' : 'When'} you confirm the payment with Stripe, and then on the same day of each month or year. You see ${amountWords()} before you confirm.`,
    },
    {
      question: 'What happens when I cancel?',
      answer: `Your plan stays on until the end of the period you paid for, and you are not charged again. Until that day you can take it back with one click. After it you are on ${FREE.name}. While a payment is late nothing is paid for, and the plan ends at once.`,
    },
    {
      question: 'What if a payment fails?',
      answer: `${whenLate(policy)} Change the card on your billing page and everything goes on as before.`,
    },
    {
      question: `Can I change between ${choices(plans)}?`,
      answer: `Yes, from your billing page, while your plan is in order. ${less(plans)} with your next period, and costs nothing before it. ${more(plans)} at once: what you paid for and did not use is taken off, and you see the amount before you agree.`,
    },
    {
      question: 'Who sees my card?',
      answer:
        'Stripe alone. You type it into Stripe’s own form; this application never receives it and could not store it.',
    },
  ]
}

function whenLate({ graceDays }: AccessPolicy): string {
  const tries = 'Stripe tries the card again'
  if (graceDays === 0)
    return `${tries}, and until it is paid the limits of ${FREE.name} apply. Your data is safe.`
  const days = graceDays === 1 ? 'a day' : `${graceDays} days`
  return `Your plan stays on for up to ${days} while ${tries}, and your billing page says until when.`
}

// By `directionOf`, which decides when a change takes place.
function less(plans: Plans): string {
  return hasSeveral(plans)
    ? 'A smaller plan, or paying by the month, begins'
    : 'Paying by the month begins'
}

function more(plans: Plans): string {
  return hasSeveral(plans)
    ? 'A greater plan, or paying by the year, begins'
    : 'Paying by the year begins'
}

function hasTrial(plans: Plans): boolean {
  return plans.some((plan) => plan.prices !== null && (plan.trialDays ?? 0) > 0)
}

function hasSeveral(plans: Plans): boolean {
  return plans.filter(({ prices }) => prices !== null).length > 1
}

// With several plans the question is about choosing one; with one plan, about its billing interval.
function choices(plans: Plans): string {
  return hasSeveral(plans)
    ? planNames(plans.filter(({ prices }) => prices !== null))
    : 'monthly and yearly'
}
