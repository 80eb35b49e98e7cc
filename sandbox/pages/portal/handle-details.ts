import { updateCustomer } from '@/sandbox/lifecycle/portal/update-customer'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import type { Reply } from '@/sandbox/pages/reply'
import { currentDetails, detailsChange, detailsErrors, readDetails } from './details-form'
import { detailsPage } from './details-page'
import { finish, requireOffered, showPortal, visit } from './visit'

/** The form for billing information, and its saving. */
export async function handleDetails(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const { view, token, back } = open
  const { enabled, allowed } = view.features.customerUpdate
  requireOffered(enabled)
  if (!form) return showPortal(open, detailsPage(view, token, { back }))
  const input = readDetails(form)
  const errors = detailsErrors(input, allowed)
  if (Object.keys(errors).length > 0)
    return showPortal(open, detailsPage(view, token, { back, input, errors }), 422)
  const change = detailsChange(input, currentDetails(view), allowed)
  if (Object.keys(change).length > 0) updateCustomer(call.sandbox, token, change)
  return finish(open, 'details')
}
