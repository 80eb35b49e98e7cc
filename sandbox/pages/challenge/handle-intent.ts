import { ApiError } from '@/sandbox/http/api-error'
import { answerIntent, intentView } from '@/sandbox/lifecycle/payment/answer-intent'
import { answerSetup, setupView } from '@/sandbox/lifecycle/setup/answer-setup'
import { type Call, id } from '@/sandbox/pages/call'
import { leafPage } from '@/sandbox/pages/document/leaf'
import { readForm } from '@/sandbox/pages/form'
import { html } from '@/sandbox/pages/html'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { readOutcome } from './outcome'
import { challengePage } from './page'

/**
 * The bank's question about a payment, or a card to be saved, that was begun by the API. In an
 * iframe of Stripe.js it leads nowhere, and says that it was answered.
 */
export async function handleIntentChallenge(call: Call): Promise<Reply> {
  const { sandbox } = call
  const intent = id(call, 'intent')
  const isSetup = intent.startsWith('seti_')
  const framed = call.query.has('embedded')
  try {
    if (call.method === 'POST') {
      const outcome = readOutcome(await readForm(call.request))
      const next = (isSetup ? answerSetup : answerIntent)(sandbox, intent, outcome)
      return framed ? answered(call) : seeOther(next)
    }
    const action = `/3ds/${encodeURIComponent(intent)}${framed ? '?embedded=1' : ''}`
    const view = (isSetup ? setupView : intentView)(sandbox, intent)
    return page(challengePage(view, action, sandbox.clock.now()), { leaves: true, framed })
  } catch (error) {
    // The question was answered in another window, meanwhile.
    if (framed && error instanceof ApiError && error.status === 400) return answered(call)
    throw error
  }
}

function answered({ sandbox }: Call): Reply {
  const text = html`<span data-report="answered">The bank has its answer.</span>`
  const leaf = leafPage({ title: 'Answered', now: sandbox.clock.now(), text })
  return page(leaf, { framed: true })
}
