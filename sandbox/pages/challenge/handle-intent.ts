import { answerIntent, intentView } from '@/sandbox/lifecycle/payment/answer-intent'
import { answerSetup, setupView } from '@/sandbox/lifecycle/setup/answer-setup'
import { type Call, id } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { readOutcome } from './outcome'
import { challengePage } from './page'

/** The bank's question about a payment, or a card to be saved, that was begun by the API. */
export async function handleIntentChallenge(call: Call): Promise<Reply> {
  const { sandbox } = call
  const intent = id(call, 'intent')
  const isSetup = intent.startsWith('seti_')
  if (call.method === 'POST') {
    const outcome = readOutcome(await readForm(call.request))
    const next = (isSetup ? answerSetup : answerIntent)(sandbox, intent, outcome)
    return seeOther(next)
  }
  const action = `/3ds/${encodeURIComponent(intent)}`
  const text = challengePage(
    (isSetup ? setupView : intentView)(sandbox, intent),
    action,
    sandbox.clock.now(),
  )
  return page(text, { leaves: true })
}
