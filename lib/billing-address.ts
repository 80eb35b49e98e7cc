/** Where invoices are made out to; every part may be empty. `country`: two letters. */
export type BillingAddress = Record<AddressPart, string>

export const ADDRESS_PARTS = ['line1', 'line2', 'city', 'state', 'postalCode', 'country'] as const
type AddressPart = (typeof ADDRESS_PARTS)[number]

/** What stands on invoices besides tax ids, and to which address they go. */
export type BillingDetails = { name: string; email: string; address: BillingAddress }
