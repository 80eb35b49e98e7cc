import { fieldText } from '@/app/form-field'
import { Invalid } from '@/lib/errors'
import type { Asked } from '@/lib/reports/create'
import { readTitle } from '@/lib/reports/read-title'

/** Reads a report's title and the key that its form came with. @throws {Invalid} */
export function readReportForm(form: FormData): Asked {
  const key = fieldText(form, 'key')
  if (key === undefined || !/^[0-9a-f-]{36}$/.test(key)) throw new Invalid('not_a_form')
  return { title: readTitle(fieldText(form, 'title')), key }
}
