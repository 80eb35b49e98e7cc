import { answerChallenge, challengeView } from '@/sandbox/lifecycle/answer-challenge'
import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import { replaceCard } from '@/sandbox/lifecycle/portal/replace-card'
import { type Call, id } from '@/sandbox/pages/call'
import { readCard } from '@/sandbox/pages/card/read'
import { validateCard } from '@/sandbox/pages/card/validate'
import { CHALLENGE_FAILED, readOutcome } from '@/sandbox/pages/challenge/outcome'
import { challengePage } from '@/sandbox/pages/challenge/page'
import { readForm } from '@/sandbox/pages/form'
import { type Reply, seeOther } from '@/sandbox/pages/reply'
import { paymentMethodPage } from './payment-method-page'
import { finish, requireOffered, showPortal, type Visit, visit } from './visit'

/** The form for another card, and the attempt to save it. */
export async function handlePaymentMethod(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const { view, token, back } = open
  requireOffered(view.features.paymentMethod)
  const problem = call.query.get('failed') === 'authentication' ? CHALLENGE_FAILED : null
  if (!form) return showPortal(open, paymentMethodPage(view, token, { back, problem }))
  const input = readCard(form)
  const { card, errors } = validateCard(input, view.now)
  if (errors) return showPortal(open, paymentMethodPage(view, token, { back, input, errors }), 422)
  const result = await replaceCard(call.sandbox, token, {
    ...card,
    postalCode: card.postalCode ?? undefined,
  })
  if (result.kind !== 'declined') return finishAttempt(open, result)
  return showPortal(
    open,
    paymentMethodPage(view, token, { back, input, problem: result.message }),
    402,
  )
}

/** The bank's question before a card is saved. */
export async function handlePortalChallenge(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const challenge = id(call, 'challenge')
  if (form)
    return finishAttempt(open, await answerChallenge(call.sandbox, challenge, readOutcome(form)))
  const bank = challengeView(call.sandbox, challenge)
  return showPortal(open, challengePage(bank, open.paths.challenge(challenge), open.view.now))
}

function finishAttempt(open: Visit, result: PaymentResult): Reply {
  if (result.kind === 'requires_action') return seeOther(open.paths.challenge(result.challenge))
  if (result.kind === 'declined')
    return seeOther(`${open.paths.paymentMethod}?failed=authentication`)
  return finish(open, 'card')
}
