import { payOnPage } from '@/sandbox/lifecycle/invoice/pay-on-page'
import { invoiceView } from '@/sandbox/lifecycle/invoice-view'
import { frozenTimeOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import { allow, type Call, id } from '@/sandbox/pages/call'
import { EMPTY_CARD } from '@/sandbox/pages/card/fields'
import { readCard } from '@/sandbox/pages/card/read'
import { validateCard } from '@/sandbox/pages/card/validate'
import { readForm } from '@/sandbox/pages/form'
import { invoicePdf } from '@/sandbox/pages/pdf/invoice'
import { file, page, type Reply, seeOther } from '@/sandbox/pages/reply'
import { invoicePage } from './page'
import type { PayAttempt } from './pay-form'

/** The page of one invoice. */
export function handleInvoice(call: Call): Reply {
  allow(call, 'GET')
  return show(call)
}

/** The attempt to pay it on its page: with the card that is saved, or with another. */
export async function handleInvoicePayment(call: Call): Promise<Reply> {
  allow(call, 'POST')
  const form = await readForm(call.request)
  const { sandbox } = call
  const invoice = id(call, 'invoice')
  const input = readCard(form)
  const typed = form.get('with') !== 'saved'
  const { card, errors } = typed ? validateCard(input, nowOf(call)) : { card: null, errors: null }
  if (errors) return show(call, { input, errors, decline: null }, 422)
  // A second click finds it paid: the wish is fulfilled.
  if (sandbox.store.find('invoice', invoice)?.status === 'paid') return seeOther(`/i/${invoice}`)
  const paid = payOnPage(
    sandbox,
    invoice,
    card && { ...card, postalCode: card.postalCode ?? undefined },
  )
  if (paid.kind === 'asks') return seeOther(`/3ds/${paid.intent}`)
  if (paid.kind === 'paid') return seeOther(`/i/${invoice}`)
  return show(call, { input: typed ? input : EMPTY_CARD, errors: {}, decline: paid.message }, 402)
}

/** The same as a file to keep: what is owed, or the receipt of what was paid. */
export function handleInvoicePdf(call: Call): Reply {
  allow(call, 'GET')
  const view = invoiceView(call.sandbox, id(call, 'invoice'))
  const name = `${view.invoice.status === 'paid' ? 'receipt' : 'invoice'}-${view.invoice.number ?? 'draft'}`
  return file(invoicePdf(view), 'application/pdf', `${name}.pdf`)
}

function show(call: Call, attempt?: PayAttempt, status = 200): Reply {
  const view = invoiceView(call.sandbox, id(call, 'invoice'))
  return page(invoicePage(view, nowOf(call), attempt), { status })
}

function nowOf({ sandbox, ...call }: Call): number {
  return frozenTimeOf(sandbox.store, [call.ids.invoice ?? '']) ?? sandbox.clock.now()
}
