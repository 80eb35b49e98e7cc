import { idOf, optionalId } from '@/sandbox/ids'
import { allow, type Call, id } from '@/sandbox/pages/call'
import { Refusal } from '@/sandbox/pages/refusal'
import { type Reply, seeOther } from '@/sandbox/pages/reply'

/** The receipt of a charge, which is the paid invoice that it was for. */
export function handleReceipt(call: Call): Reply {
  allow(call, 'GET')
  const charge = id(call, 'charge')
  const invoice = call.sandbox.changeFor(charge, (tx) => {
    const intent = optionalId(tx.get('charge', charge).payment_intent)
    const [link] = intent === null ? [] : tx.by('invoice_payment', 'intent', intent)
    return link ? idOf(link.invoice) : null
  })
  if (invoice !== null) return seeOther(`/i/${invoice}`)
  throw new Refusal(404, 'There is no receipt', 'This payment was not for an invoice.')
}
