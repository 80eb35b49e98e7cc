'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { doneAt } from '@/app/done-at'
import { limitUse } from '@/app/limits'
import { refusedTo } from '@/app/refused-to'
import { typedText } from '@/app/typed'
import { createReport } from '@/lib/reports/create'
import { readReportForm } from './read-form'

const create = action(readReportForm, createReport, limitUse)

/** Makes a report of one use. The form's own key makes it one, however often it is sent. */
export async function makeReport(form: FormData): Promise<never> {
  const result = await create(form)
  if (result.ok) redirect(await doneAt('/reports', 'made'))
  if (result.code === 'unauthenticated')
    redirect(await refusedTo('/sign-in', result, { kept: 'return=/reports' }))
  const typed = typedText(form, { title: 120 })
  redirect(await refusedTo('/reports', result, { typed }))
}
