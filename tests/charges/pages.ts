import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { BillingOverview } from '@/app/settings/billing/overview'
import { ReviewForm } from '@/app/settings/billing/plans/confirm/review-form'
import { stateStrips } from '@/app/settings/billing/state-strips'
import { readAmounts } from '@/lib/billing/amounts'
import type { Billing } from '@/lib/billing/billing'
import { readBilling } from '@/lib/billing/read'
import type { Money } from '@/lib/money'
import type { Review } from '@/lib/subscriptions/review-change'
import { amountsIn, receiptRows, textOf } from './amounts'
import type { Announced } from './announced'
import type { Customer } from './sign-up'

/** The billing page as its reader sees it: what it announces, and in what it does not add up. */
export async function readOverview(customer: Customer) {
  const billing = await billingOf(customer)
  const html = renderToStaticMarkup(createElement(BillingOverview, { billing }))
  const section = sectionOf(html, ['Next charge', 'First charge after the trial'])
  if (!section)
    return { announced: [], wrongs: [`The billing page announces nothing: ${textOf(html)}`] }
  const { sum, label, wrongs } = receipt(section)
  const next = announced('the billing page', sum, label)
  const trials = stateStrips(billing).filter(({ kind }) => kind === 'trial')
  const said = trials.map(({ title, detail }) =>
    announced('the strip of the trial', amountsIn(detail)[0], title),
  )
  return { announced: [next, ...said], wrongs: [...wrongs, ...wrongStrips(billing)] }
}

/** What the billing page asks for now: every amount that its strips name. */
export async function readOwed(customer: Customer): Promise<Money[]> {
  const strips = stateStrips(await billingOf(customer))
  const due = strips.filter(({ kind }) => kind === 'past_due' || kind === 'unpaid')
  return due.flatMap(({ title, detail, action }) =>
    amountsIn([title, detail, action?.label].join('\n')),
  )
}

/** The page on which a change is reviewed: its sum, and in what it contradicts itself. */
export function readReview(review: Review): { said: Announced; wrongs: string[] } {
  const html = renderToStaticMarkup(createElement(ReviewForm, { review }))
  const { sum, label, wrongs } = receipt(html)
  // The button, and what is agreed to; where nothing is charged now, neither names an amount.
  const pressed = html.match(/<(label|button)\b.*?<\/\1>/g) ?? []
  const promises = pressed.flatMap((each) => amountsIn(textOf(each)))
  const asked = review.when === 'now' && sum && sum.amount > 0 ? 2 : 0
  const isSo = promises.every(({ amount }) => amount === sum?.amount) && promises.length === asked
  return {
    said: announced('the review', sum, label),
    wrongs: isSo ? wrongs : [...wrongs, `The review asks for ${JSON.stringify(promises)}`],
  }
}

async function billingOf({ workspaceId, actor }: Customer): Promise<Billing> {
  const billing = await readBilling(workspaceId, { actor, refresh: 'stale' })
  return { ...billing, ...(await readAmounts(actor.id, billing)) }
}

// A plan in order has nothing to pay.
function wrongStrips(billing: Billing): string[] {
  const dear = stateStrips(billing).filter(({ kind }) => kind !== 'trial')
  return dear.map(({ title }) => `The strip “${title}” is shown of a plan in order`)
}

function sectionOf(html: string, titles: readonly string[]): string | undefined {
  const sections = html.split('<section').slice(1)
  return sections.find((each) => titles.some((title) => each.includes(`>${title}</h2>`)))
}

// The last row is the sum of the others.
function receipt(html: string) {
  const rows = receiptRows(html)
  const last = rows.at(-1)
  const sum = last?.amounts[0]
  const parts = rows.slice(0, -1).flatMap(({ amounts }) => amounts)
  const adds = parts.reduce((total, { amount }) => total + amount, 0) === sum?.amount
  const wrongs = adds ? [] : [`The rows do not come to their sum: ${textOf(html)}`]
  return { sum, label: last?.label ?? '', wrongs }
}

function announced(where: string, money: Money | undefined, words: string): Announced {
  return { where, money: money ?? 'nothing', day: /[A-Z][a-z]+ \d{1,2}, \d{4}/.exec(words)?.[0] }
}
