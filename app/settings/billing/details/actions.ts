'use server'

import { redirect } from 'next/navigation'
import { action, type Result } from '@/app/action'
import { limitBilling } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { refused } from '@/app/settings/billing/act'
import { ADDRESS_PARTS } from '@/lib/billing-address'
import { changeBillingDetails } from '@/lib/customers/change-billing-details'
import { addTaxId, removeTaxId } from '@/lib/customers/tax-ids'
import { readDetailsForm, readTaxIdChoice, readTaxIdForm } from './read-form'
import { typedText } from './typed'

const HERE = '/settings/billing/details'

const change = action(readDetailsForm, changeBillingDetails, limitBilling)
const add = action(readTaxIdForm, addTaxId, limitBilling)
const remove = action(readTaxIdChoice, removeTaxId, limitBilling)

/** Writes what stands on invoices. Whose they are comes from the session, as in all of these. */
export async function saveDetails(form: FormData): Promise<never> {
  return lead(await change(form), typedText(form, ['name', 'email', ...ADDRESS_PARTS]))
}

/** Puts a tax id on them. */
export async function saveTaxId(form: FormData): Promise<never> {
  return lead(await add(form), typedText(form, ['type', 'value']))
}

/** Takes one off. */
export async function dropTaxId(form: FormData): Promise<never> {
  return lead(await remove(form))
}

async function lead(result: Result<unknown>, typed?: string): Promise<never> {
  if (result.ok) redirect(`${HERE}?done=saved`)
  if (result.code !== 'invalid') return refused(result, HERE)
  redirect(await refusedTo(HERE, result, { typed }))
}
