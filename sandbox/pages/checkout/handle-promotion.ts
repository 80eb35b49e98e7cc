import { ApiError } from '@/sandbox/http/api-error'
import { applyCode, removeCode } from '@/sandbox/lifecycle/checkout/promotion'
import { checkoutView } from '@/sandbox/lifecycle/checkout/view'
import { type Call, id } from '@/sandbox/pages/call'
import { readForm } from '@/sandbox/pages/form'
import { page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { checkoutPage } from './page'

/** The promotion code that a buyer typed, or its removal when the field is empty. */
export async function handlePromotion(call: Call): Promise<Reply> {
  const session = id(call, 'session')
  if (call.method !== 'POST') return seeOther(`/c/pay/${session}`)
  const typed = (await readForm(call.request)).get('code')?.trim() ?? ''
  try {
    if (typed === '') removeCode(call.sandbox, session)
    else applyCode(call.sandbox, session, typed)
    return seeOther(`/c/pay/${session}`)
  } catch (error) {
    const view = checkoutView(call.sandbox, session)
    if (!(error instanceof ApiError) || view.state !== 'open') throw error
    const refused = { typed, message: error.message }
    return page(checkoutPage(view, undefined, refused), {
      status: 422,
      leaves: true,
      framed: view.embedded !== null,
    })
  }
}
