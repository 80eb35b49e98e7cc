import { pauseInPortal, previewPause } from '@/sandbox/lifecycle/portal/pause'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import type { Reply } from '@/sandbox/pages/reply'
import { pausePage } from './pause-page'
import { finish, namedSubscription, requireOffered, showPortal, visit } from './visit'

/** Says what a pause means and asks for how long, then pauses. */
export async function handlePause(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const subscription = namedSubscription(call, open)
  // A second click finds it paused: the wish is fulfilled.
  if (subscription.status === 'paused') return finish(open, 'paused')
  requireOffered(subscription.pausable)
  const preview = previewPause(call.sandbox, open.token, subscription.id)
  const chosen = Number(form?.get('length') ?? Number.NaN)
  if (form && preview.choices[chosen]) {
    pauseInPortal(call.sandbox, open.token, subscription.id, chosen)
    return finish(open, 'paused')
  }
  const problem = form && 'Choose for how long it is to be paused.'
  const text = pausePage(open.view, open.token, subscription, preview, { back: open.back, problem })
  return showPortal(open, text, form ? 400 : 200)
}
