import type { FigureName } from '@/db/queries/revenue-lists'

/** How each number that has a list of its own is computed, in a sentence. */
export const EXPLAINED: Readonly<Record<FigureName, string>> = {
  closing:
    'MRR at the month’s last second (UTC), or now in the running month: each active or past due subscription’s price a month, a year’s being a twelfth, times its quantity, less discounts that last; without taxes, and without trials, paused and incomplete ones.',
  new: 'Customers who had no MRR at the end of any month before and have some at this one’s: all of it.',
  expansion:
    'Customers who had MRR at the end of the month before and have more now: the difference.',
  contraction:
    'Customers who had MRR at the end of the month before and have less now, but some: the difference.',
  churn: 'Customers who had MRR at the end of the month before and have none now: all of it.',
  reactivation:
    'Customers who had none at the end of the month before, but had some earlier, and have some again: all of it.',
  in: 'Customers who were on another plan at the end of the month before and are on this one now: all that they are worth now.',
  out: 'Customers who were on this plan at the end of the month before and are on another one now: all that they were worth.',
  failed:
    'Invoices of subscriptions whose first attempt to be collected failed in this month: what was asked for.',
  recovered: 'Of those, the ones that were paid since, whenever.',
  lost: 'Of those, the ones that were voided or written off, or whose subscription ended unpaid.',
  owed: 'Of those, the ones that are still to be paid.',
  trials: 'Subscriptions whose trial began in this month.',
  converted: 'Of those, the ones that became active after it.',
  lapsed: 'Of those, the ones that ended or were paused without ever becoming active.',
  running: 'Of those, the ones whose trial is under way.',
  renewals:
    'Subscriptions that will be charged on this day if nothing happens: the price of their period, less discounts that last; without taxes and credit.',
}

/** The same of what is computed from those: each leads to the list of one of them. */
export const ALSO_EXPLAINED = {
  opening: 'What stood at the end of the month before. The first month begins with nothing.',
  change: 'What stands at the end of the month less what stood at its beginning.',
  churn_of_customers: 'Customers who left in the month, of those who had MRR at its beginning.',
  churn_of_mrr: 'The MRR that left in the month, of what stood at its beginning.',
  churn_failed:
    'The part of the churn whose subscription Stripe ended, or stopped counting, because its payments failed (cancellation_details.reason is payment_failed).',
  recovered_of_decided:
    'Recovered invoices of recovered and lost ones; what is still owed is in neither.',
  converted_of_decided:
    'Converted trials of converted and lapsed ones; those under way are in neither.',
  came: 'Customers who were new in the month: their cohort.',
  stays:
    'Of a cohort, how many of a hundred have MRR at the end of the month so many months later.',
} as const satisfies Record<string, string>
