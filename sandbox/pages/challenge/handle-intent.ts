import { answerIntent, intentView } from '@/sandbox/lifecycle/payment/answer-intent'
import { type Call, id } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { readOutcome } from './outcome'
import { challengePage } from './page'

/** The bank's question about a payment that was begun by the API. */
export async function handleIntentChallenge(call: Call): Promise<Reply> {
  const { sandbox } = call
  const intent = id(call, 'intent')
  if (call.method === 'POST') {
    const outcome = readOutcome(await readForm(call.request))
    return seeOther(answerIntent(sandbox, intent, outcome))
  }
  const action = `/3ds/${encodeURIComponent(intent)}`
  const text = challengePage(intentView(sandbox, intent), action, sandbox.clock.now())
  return page(text, { leaves: true })
}
