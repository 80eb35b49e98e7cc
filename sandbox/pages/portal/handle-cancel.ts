import { cancelAtPeriodEnd } from '@/sandbox/lifecycle/portal/cancel'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import type { Reply } from '@/sandbox/pages/reply'
import { cancelPage } from './cancel-page'
import { finish, namedSubscription, requireOffered, showPortal, visit } from './visit'

/** Asks before canceling, then cancels. */
export async function handleCancel(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const subscription = namedSubscription(call, open)
  const { enabled, mode, reasons } = open.view.features.cancel
  requireOffered(enabled)
  if (subscription.cancelAt !== null) return finish(open, 'cancel-scheduled')
  if (!form) return showPortal(open, cancelPage(open.view, open.token, subscription, open))
  const feedback = form.get('feedback')
  cancelAtPeriodEnd(call.sandbox, open.token, subscription.id, {
    feedback: feedback !== null && reasons.includes(feedback) ? feedback : null,
    comment: form.get('comment')?.trim() || null,
  })
  const ended = mode === 'immediately' || subscription.status === 'paused'
  return finish(open, ended ? 'canceled' : 'cancel-scheduled')
}
