import { ApiError } from '@/sandbox/http/api-error'
import { addOwnTaxId, removeOwnTaxId } from '@/sandbox/lifecycle/portal/tax-ids'
import type { Call } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import type { Reply } from '@/sandbox/pages/reply'
import { taxIdPage } from './tax-ids'
import { finish, requireOffered, showPortal, visit } from './visit'

/** The form for a tax id, its saving, and the removal of one. */
export async function handleTaxIds(call: Call): Promise<Reply> {
  const form = call.method === 'POST' ? await readForm(call.request) : null
  const open = visit(call)
  const { enabled, allowed } = open.view.features.customerUpdate
  requireOffered(enabled && allowed.includes('tax_id'))
  const { back } = open
  if (!form) return showPortal(open, taxIdPage(open.view, open.token, { back }))
  const gone = form.get('remove')
  const type = form.get('type') ?? ''
  const value = form.get('value')?.trim() ?? ''
  try {
    if (gone) removeOwnTaxId(call.sandbox, open.token, gone)
    else addOwnTaxId(call.sandbox, open.token, type, value)
  } catch (error) {
    if (!(error instanceof ApiError) || gone) throw error
    const again = { back, type, value, problem: error.message }
    return showPortal(open, taxIdPage(open.view, open.token, again), 422)
  }
  return finish(open, 'details')
}
