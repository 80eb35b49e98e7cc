import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { newId, optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** What a credit note gives back, and in which ways. Integer minor units. */
export interface Credit {
  lines: Stripe.CreditNoteLineItem[]
  subtotal: number
  taxes: Stripe.CreditNote.TotalTax[]
  total: number
  toBalance: number
  refunded: number
  outOfBand: number
  /** The charge that is refunded. */
  charge: string | null
}

interface Asked {
  amount?: number | undefined
  credit_amount?: number | undefined
  refund_amount?: number | undefined
  out_of_band_amount?: number | undefined
  lines?: AskedLine[] | undefined
}

interface AskedLine {
  type: string
  amount?: number | undefined
  description?: string | undefined
  invoice_line_item?: string | undefined
  quantity?: number | undefined
  unit_amount?: number | undefined
}

/** Works out a credit note. Throws ApiError 400 unless the sums go together and there is so much to credit. */
export function creditOf(tx: Tx, invoice: Readonly<Stripe.Invoice>, asked: Asked): Credit {
  const { status } = invoice
  if (status !== 'open' && status !== 'paid')
    throw ApiError.invalid(
      `You can only create credit notes for open or paid invoices. This one is ${status}.`,
      'invoice',
    )
  const lines = linesOf(invoice, asked)
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0)
  const taxes = asked.lines ? lines.flatMap((line) => line.taxes ?? []) : []
  const added = taxes.filter(({ tax_behavior }) => tax_behavior === 'exclusive')
  const total = subtotal + added.reduce((sum, { amount }) => sum + amount, 0)
  const credited =
    invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount
  const left = status === 'open' ? invoice.amount_remaining : invoice.total - credited
  if (total <= 0 || total > left)
    throw ApiError.invalid(
      `The amount of the credit note must be from 1 to ${left}, which is left of the invoice.`,
      'amount',
    )
  const refunded = asked.refund_amount ?? 0
  const outOfBand = asked.out_of_band_amount ?? 0
  const named = refunded + outOfBand + (asked.credit_amount ?? 0)
  if (status === 'open' && named > 0)
    throw ApiError.invalid('An open invoice has nothing to give back.', 'credit_amount')
  const toBalance = status === 'paid' ? (asked.credit_amount ?? total - named) : 0
  if (status === 'paid' && toBalance + refunded + outOfBand !== total)
    throw ApiError.invalid(
      `The sum of credit amount, refund amount and out of band amount must be ${total}.`,
      'credit_amount',
    )
  const charge = refunded > 0 ? chargeOf(tx, invoice.id) : null
  return { lines, subtotal, taxes, total, toBalance, refunded, outOfBand, charge }
}

function linesOf(invoice: Readonly<Stripe.Invoice>, { amount, lines }: Asked) {
  if (lines) return lines.map((line) => lineOf(invoice, line))
  return [newLine({ amount: amount ?? 0, description: null, type: 'custom_line_item' })]
}

function lineOf(invoice: Readonly<Stripe.Invoice>, asked: AskedLine): Stripe.CreditNoteLineItem {
  const { amount, description, quantity = 1, unit_amount } = asked
  if (asked.type !== 'invoice_line_item')
    return newLine({
      amount: amount ?? (unit_amount ?? 0) * quantity,
      description: description ?? null,
      quantity,
      type: 'custom_line_item',
    })
  const line = invoice.lines.data.find(({ id }) => id === asked.invoice_line_item)
  if (!line)
    throw ApiError.invalid(
      `The invoice has no line '${asked.invoice_line_item}'.`,
      'lines[0][invoice_line_item]',
      'resource_missing',
    )
  const each = line.quantity ? line.amount / line.quantity : line.amount
  const credited =
    amount ?? Math.round(asked.quantity === undefined ? line.amount : each * quantity)
  const part = line.amount === 0 ? 0 : credited / line.amount
  return newLine({
    amount: credited,
    description: line.description,
    invoice_line_item: line.id,
    quantity: asked.quantity ?? line.quantity,
    taxes: (line.taxes ?? []).map((tax) => ({
      ...tax,
      amount: Math.round(tax.amount * part),
      taxable_amount: Math.round((tax.taxable_amount ?? 0) * part),
    })),
    type: 'invoice_line_item',
  })
}

function newLine(
  given: Partial<Stripe.CreditNoteLineItem> & Pick<Stripe.CreditNoteLineItem, 'amount' | 'type'>,
): Stripe.CreditNoteLineItem {
  return {
    id: newId('cnli'),
    object: 'credit_note_line_item',
    description: null,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: null,
    tax_rates: [],
    taxes: [],
    unit_amount: null,
    unit_amount_decimal: null,
    ...given,
  }
}

function chargeOf(tx: Tx, invoice: string): string {
  const paid = tx.by('invoice_payment', 'invoice', invoice).find(({ status }) => status === 'paid')
  const intent = tx.find('payment_intent', optionalId(paid?.payment.payment_intent) ?? '')
  const charge = optionalId(intent?.latest_charge)
  if (charge !== null) return charge
  throw ApiError.invalid(
    'Nothing was charged for this invoice that could be refunded.',
    'refund_amount',
  )
}
