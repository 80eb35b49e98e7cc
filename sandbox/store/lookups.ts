import { idOf, optionalId } from '@/sandbox/ids'
import type { Kind, Records } from './records'

/**
 * What records are looked up by besides their id, so that finding one customer's does not mean
 * reading all customers'. Only what never changes once a record is there.
 */
const LOOKUPS = {
  subscription: { customer: ({ customer }: Records['subscription']) => idOf(customer) },
  invoice: {
    customer: ({ customer }: Records['invoice']) => optionalId(customer),
    subscription: ({ parent }: Records['invoice']) =>
      optionalId(parent?.subscription_details?.subscription),
  },
  invoice_payment: {
    invoice: ({ invoice }: Records['invoice_payment']) => idOf(invoice),
    intent: ({ payment }: Records['invoice_payment']) => optionalId(payment.payment_intent),
  },
  invoiceitem: {
    customer: ({ customer }: Records['invoiceitem']) => idOf(customer),
    subscription: ({ parent }: Records['invoiceitem']) =>
      optionalId(parent?.subscription_details?.subscription),
  },
  tax_id: { customer: ({ customer }: Records['tax_id']) => optionalId(customer) },
  customer_balance_transaction: {
    customer: ({ customer }: Records['customer_balance_transaction']) => idOf(customer),
  },
  charge: { customer: ({ customer }: Records['charge']) => optionalId(customer) },
}

/** The kinds that can be looked up. */
export type Looked = keyof typeof LOOKUPS

/** What a kind can be looked up by. */
export type LookedBy<K extends Looked> = keyof (typeof LOOKUPS)[K] & string

/** Which records have which value; ids in the order in which they came, also of records that are gone. */
export interface Lookups {
  ids(kind: Looked, field: string, value: string): Iterable<string>
  /** Whether a kind is looked up by anything but its id. */
  knows(kind: Kind): boolean
  add(kind: Kind, record: { id: string }): void
  empty(): void
}

/** Lookups that hold nothing yet. */
export function openLookups(): Lookups {
  const found = new Map<string, Set<string>>()
  return {
    ids: (kind, field, value) => found.get(`${kind}.${field}=${value}`) ?? [],
    add(kind, record) {
      for (const key of keysOf(kind, record)) {
        const ids = found.get(key)
        if (ids) ids.add(record.id)
        else found.set(key, new Set([record.id]))
      }
    },
    knows: isLooked,
    empty: () => found.clear(),
  }
}

function keysOf(kind: Kind, record: { id: string }): string[] {
  if (!isLooked(kind)) return []
  // Each function is kept under the kind of record that it reads.
  const fields = LOOKUPS[kind] as Record<string, (row: never) => string | null>
  return Object.entries(fields).flatMap(([field, read]) => {
    const value = read(record as never)
    return value === null ? [] : `${kind}.${field}=${value}`
  })
}

function isLooked(kind: Kind): kind is Looked {
  return Object.hasOwn(LOOKUPS, kind)
}
