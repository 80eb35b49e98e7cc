import { describe, expect, it } from 'vitest'
import type { BilledInvoice } from '@/lib/stripe/billed-invoice'
import { day, invoice, line } from '@/lib/sync/rows.fixture'
import { type InvoiceKind, invoiceKind } from './invoice-kind'

const before = [invoice({ reason: 'first' })]
const change = invoice({ id: 'in_2', reason: 'change' })

describe('an invoice is for', () => {
  it.each<[string, BilledInvoice, InvoiceKind]>([
    ['the first period', invoice({ reason: 'first' }), 'first'],
    ['a later period', invoice({ reason: 'renewal' }), 'renewal'],
    ['a change within a period that is known', change, 'change'],
    ['a period that a change began', { ...change, lines: [line({ until: day(370) })] }, 'anew'],
    ['no plan, while it only gathers changes', { ...change, status: 'draft' }, 'none'],
    ['no plan, when it is an operator’s', invoice({ reason: 'other' }), 'none'],
    ['no plan, when none is bought', invoice({ lines: [line({ quantity: 0 })] }), 'none'],
    ['no plan, when it only gives credit', invoice({ lines: [line({ amount: -900 })] }), 'none'],
  ])('%s', (_, of, kind) => {
    expect(invoiceKind(of, before)).toBe(kind)
  })
})
