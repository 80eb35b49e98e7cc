import { previewUnpause, unpauseInPortal } from '@/sandbox/lifecycle/portal/unpause'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import type { Reply } from '@/sandbox/pages/reply'
import { unpausePage } from './unpause-page'
import { finish, namedSubscription, requireOffered, showPortal, visit } from './visit'

/** Shows what resuming costs, then resumes. */
export async function handleUnpause(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const subscription = namedSubscription(call, open)
  requireOffered(open.view.features.pause)
  if (subscription.status !== 'paused') return finish(open, 'unpaused')
  const result = form && unpauseInPortal(call.sandbox, open.token, subscription.id)
  if (result?.kind === 'changed') return finish(open, 'unpaused')
  const problem = result && `${result.message} Your subscription is still paused.`
  const preview = previewUnpause(call.sandbox, open.token, subscription.id)
  const text = unpausePage(open.view, open.token, subscription, preview, {
    back: open.back,
    problem,
  })
  return showPortal(open, text, problem ? 402 : 200)
}
