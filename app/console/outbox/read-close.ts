import { readSeen } from '@/app/console/read-form'
import { fieldText } from '@/app/form-field'
import type { AskedClose } from '@/lib/console/lapsed-uses'
import { Invalid, NotFound } from '@/lib/errors'
import { isCustomerId } from '@/lib/ids'
import { parseReason } from '@/lib/operators/reason'

/** Reads whose uses of which meter to close, of what page, and why. @throws {Invalid | NotFound} */
export function readClose(form: FormData): AskedClose {
  const [customerId, eventName] = [fieldText(form, 'customer'), fieldText(form, 'meter')]
  if (!isCustomerId(customerId)) throw new NotFound('console_gone')
  if (!eventName) throw new Invalid('console_subject')
  const reason = parseReason(fieldText(form, 'reason'))
  return { customerId, eventName, seen: readSeen(form), reason }
}
