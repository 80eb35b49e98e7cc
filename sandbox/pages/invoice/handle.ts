import { invoiceView } from '@/sandbox/lifecycle/invoice-view'
import { frozenTimeOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import { allow, type Call, id } from '@/sandbox/pages/call'
import { page, type Reply } from '@/sandbox/pages/reply'
import { invoicePage } from './page'

/** The page of one invoice. */
export function handleInvoice(call: Call): Reply {
  allow(call, 'GET')
  const { sandbox } = call
  const view = invoiceView(sandbox, id(call, 'invoice'))
  const now = frozenTimeOf(sandbox.store, [view.invoice.id]) ?? sandbox.clock.now()
  return page(invoicePage(view, now))
}
