'use server'

import { redirect } from 'next/navigation'
import { action, type Result } from '@/app/action'
import { doneAt } from '@/app/done-at'
import { limitBilling } from '@/app/limits'
import { refused } from '@/app/settings/billing/act'
import { type Sent, sentWith } from '@/app/typed'
import { changeBillingDetails } from '@/lib/customers/change-billing-details'
import { addTaxId, removeTaxId } from '@/lib/customers/tax-ids'
import { LONGEST, ROOM, readDetailsForm, readTaxIdChoice, readTaxIdForm } from './read-form'

const HERE = '/settings/billing/details'

const change = action(readDetailsForm, changeBillingDetails, limitBilling)
const add = action(readTaxIdForm, addTaxId, limitBilling)
const remove = action(readTaxIdChoice, removeTaxId, limitBilling)

/** Writes what stands on invoices. Whose they are comes from the session, as in all of these. */
export async function saveDetails(form: FormData): Promise<never> {
  return lead(await change(form), sentWith(form, ROOM))
}

/** Puts a tax id on them. */
export async function saveTaxId(form: FormData): Promise<never> {
  return lead(await add(form), sentWith(form, { type: LONGEST.taxId, value: LONGEST.taxId }))
}

/** Takes one off. */
export async function dropTaxId(form: FormData): Promise<never> {
  return lead(await remove(form))
}

async function lead(result: Result<unknown>, sent?: Sent): Promise<never> {
  if (result.ok) redirect(await doneAt(HERE, 'saved'))
  // A person without a billing account is led to the plans, where there is no such field.
  return refused(result, HERE, sent)
}
