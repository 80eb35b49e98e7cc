'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { backTo } from '@/app/back-to'
import { doneAt } from '@/app/done-at'
import { limitUse } from '@/app/limits'
import { sentWith } from '@/app/typed'
import { createReport } from '@/lib/reports/create'
import { readReportForm } from './read-form'

const create = action(readReportForm, createReport, limitUse)

/** Makes a report of one use. The form's own key makes it one, however often it is sent. */
export async function makeReport(form: FormData): Promise<never> {
  const result = await create(form)
  if (result.ok) redirect(await doneAt('/reports', 'made'))
  redirect(await backTo('/reports', result, sentWith(form, { title: 120 })))
}
