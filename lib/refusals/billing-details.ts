import type { Sentence } from './sentence'

/** What is wrong with what is to stand on invoices: said at its field. */
export const BILLING_DETAILS = {
  billing_name: {
    title: 'That name is too long for an invoice.',
    advice: 'Nothing was changed. Enter one of at most 100 characters.',
  },
  billing_name_refused: {
    title: 'Stripe does not take that name.',
    advice: 'Nothing was changed. Enter it as it is to stand on invoices.',
  },
  billing_email_refused: {
    title: 'Stripe cannot send invoices to that address.',
    advice: 'Nothing was changed. Check it for a slip, or enter another one.',
  },
  billing_address: {
    title: 'A part of that address is too long.',
    advice: 'Nothing was changed. A line has room for 100 characters.',
  },
  billing_address_refused: {
    title: 'Stripe does not take that address.',
    advice: 'Nothing was changed. Check the country, the postal code and the state.',
  },
  billing_country: {
    title: 'An address needs its country.',
    advice: 'Nothing was changed. Choose it in the list, or leave the whole address empty.',
  },
  tax_id_type: {
    title: 'That is not a type of tax ID that Stripe knows.',
    advice: 'Nothing was changed. Choose one in the list.',
  },
  tax_id_value: {
    title: 'A tax ID has 1 to 60 characters.',
    advice: 'Nothing was changed. Enter it as your tax office writes it.',
  },
  tax_id_refused: {
    title: 'Stripe does not take that number as a tax ID of this type.',
    advice: 'Nothing was changed. Check both, such as DE123456789 for the European Union.',
  },
} as const satisfies Record<string, Sentence>
