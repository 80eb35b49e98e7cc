import { invoiceView } from '@/sandbox/lifecycle/invoice-view'
import { allow, type Call, id } from '@/sandbox/pages/call'
import { page, type Reply } from '@/sandbox/pages/reply'
import { invoicePage } from './page'

/** The page of one invoice. */
export function handleInvoice(call: Call): Reply {
  allow(call, 'GET')
  return page(invoicePage(invoiceView(call.sandbox, id(call, 'invoice')), call.sandbox.clock.now()))
}
