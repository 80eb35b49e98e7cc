import { ApiError } from '@/sandbox/http/api-error'
import { answerChallenge, challengeView } from '@/sandbox/lifecycle/answer-challenge'
import type { CheckoutView } from '@/sandbox/lifecycle/checkout/checkout-view'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { completeWithoutCard } from '@/sandbox/lifecycle/checkout/pay-nothing'
import { checkoutView } from '@/sandbox/lifecycle/checkout/view'
import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import { isTaxId } from '@/sandbox/lifecycle/tax/tax-ids'
import { allow, type Call, id } from '@/sandbox/pages/call'
import { EMPTY_CARD } from '@/sandbox/pages/card/fields'
import { readCard } from '@/sandbox/pages/card/read'
import { type Card, validateCard } from '@/sandbox/pages/card/validate'
import { CHALLENGE_FAILED, readOutcome } from '@/sandbox/pages/challenge/outcome'
import { challengePage } from '@/sandbox/pages/challenge/page'
import { emailError } from '@/sandbox/pages/email'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { completePage, expiredPage } from './closed'
import { type Attempt, checkoutPage } from './page'

/** The page of a session, and the attempt to pay it. */
export async function handleCheckout(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const view = checkoutView(call.sandbox, id(call, 'session'))
  requireOwnSecret(call, view)
  // A second click on the button arrives here when the first has paid: it goes where the first went.
  if (view.state === 'complete')
    return form && view.successUrl ? seeOther(view.successUrl) : show(view)
  if (view.state === 'expired' || !form) return show(view, returned(call, view))
  return pay(call, view, form)
}

/** The bank's question in the middle of a payment. */
export async function handleCheckoutChallenge(call: Call): Promise<Reply> {
  const session = id(call, 'session')
  const challenge = id(call, 'challenge')
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const view = checkoutView(call.sandbox, session)
  if (view.state !== 'open')
    return seeOther(form && view.successUrl ? view.successUrl : `/c/pay/${session}`)
  if (form) return finish(view, await answerChallenge(call.sandbox, challenge, readOutcome(form)))
  allow(call, 'GET')
  const bank = challengeView(call.sandbox, challenge)
  const action = `/c/pay/${session}/challenge/${encodeURIComponent(challenge)}`
  return page(challengePage(bank, action, view.now), {
    leaves: true,
    framed: view.embedded !== null,
  })
}

async function pay({ sandbox }: Call, view: CheckoutView, form: URLSearchParams): Promise<Reply> {
  const email = view.emailEditable ? (form.get('email')?.trim() ?? '') : (view.email ?? '')
  const typed = { type: form.get('tax_id_type') ?? '', value: form.get('tax_id')?.trim() ?? '' }
  const taxId = view.asksTaxId && typed.value !== '' ? typed : undefined
  const input = { ...readCard(form), email, ...(taxId ? { taxId } : {}) }
  const wrongId = taxId && !isTaxId(taxId.type, taxId.value) ? 'This tax ID is not valid.' : null
  const wrongEmail = view.emailEditable ? emailError(email) : null
  const { card, errors } = view.collectsCard
    ? validateCard(input, view.now)
    : { card: null, errors: null }
  if (errors || wrongEmail || wrongId)
    return show(
      view,
      {
        input,
        errors: {
          ...errors,
          ...(wrongEmail && { email: wrongEmail }),
          ...(wrongId && { taxId: wrongId }),
        },
        decline: null,
      },
      422,
    )
  const result = card
    ? await payCheckout(sandbox, view.id, { ...withEmail(card, email), taxId })
    : await completeWithoutCard(sandbox, view.id, email)
  if (result.kind !== 'declined') return finish(view, result)
  return show(view, { input, errors: {}, decline: result.message }, 402)
}

function finish(view: CheckoutView, result: PaymentResult): Reply {
  if (result.kind === 'requires_action')
    return seeOther(`/c/pay/${view.id}/challenge/${encodeURIComponent(result.challenge)}`)
  if (result.kind === 'declined') return seeOther(`/c/pay/${view.id}?failed=authentication`)
  // An embedded page stays where it is, and sends a message to the page around it.
  return seeOther(view.embedded ? `/c/pay/${view.id}` : result.redirect || `/c/pay/${view.id}`)
}

function returned({ query }: Call, view: CheckoutView): Attempt | undefined {
  if (query.get('failed') !== 'authentication') return undefined
  return {
    input: { ...EMPTY_CARD, email: view.email ?? '' },
    errors: {},
    decline: CHALLENGE_FAILED,
  }
}

/** A page that embeds a session proves that it knows the session's secret. */
function requireOwnSecret({ query }: Call, { id, embedded }: CheckoutView) {
  const given = query.get('embedded')
  if (given === null || given === embedded?.secret) return
  throw ApiError.missing('checkout.session', id)
}

function show(view: CheckoutView, attempt?: Attempt, status = 200): Reply {
  const framed = view.embedded !== null
  if (view.state === 'complete') return page(completePage(view), { framed })
  if (view.state === 'expired') return page(expiredPage(view), { framed })
  return page(checkoutPage(view, attempt), { status, leaves: true, framed })
}

function withEmail(card: Card, email: string) {
  return { ...card, postalCode: card.postalCode ?? undefined, email: email || undefined }
}
