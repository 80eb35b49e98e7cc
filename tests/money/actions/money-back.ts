import type { Person } from '@/tests/money/person'

/** A charge is given back, whole or in part. */
export function refund({ act, account, customer, random }: Person) {
  const charges = account.sandbox.store
    .by('charge', 'customer', customer)
    .filter(({ paid, refunded }) => paid && !refunded)
  const any = charges[random.between(0, charges.length - 1)]
  const charge = random.chance(0.7) ? charges.at(-1) : any
  if (!charge) return
  const part = random.chance(0.3) ? { amount: `${Math.ceil(charge.amount / 3)}` } : {}
  act('POST', '/v1/refunds', { charge: charge.id, ...part })
}

/** A dispute is won, or lost. */
export function answerDispute({ act, account, customer, random }: Person) {
  const { store } = account.sandbox
  const mine = new Set(store.by('charge', 'customer', customer).map(({ id }) => id))
  const dispute = [...store.all('dispute')].find(
    ({ charge, status }) => mine.has(String(charge)) && status.endsWith('needs_response'),
  )
  if (!dispute) return
  act('POST', `/v1/disputes/${dispute.id}`, {
    'evidence[uncategorized_text]': random.pick(['winning_evidence', 'losing_evidence']),
    submit: 'true',
  })
}
