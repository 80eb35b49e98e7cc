import { readSeen } from '@/app/console/read-form'
import { fieldText } from '@/app/form-field'
import type { AskedCloseLeftOut, AskedReplayUnread } from '@/lib/console/left-out'
import { NotFound } from '@/lib/errors'
import { isCustomerId } from '@/lib/ids'
import { parseReason } from '@/lib/operators/reason'

/** Reads which entry to close, of what page, and why. @throws {Invalid | NotFound} */
export function readCloseLeftOut(form: FormData): AskedCloseLeftOut {
  const [customerId, id] = [fieldText(form, 'customer'), fieldText(form, 'entry') ?? '']
  if (!isCustomerId(customerId) || !/^\d{1,15}$/.test(id)) throw new NotFound('console_gone')
  const reason = parseReason(fieldText(form, 'reason'))
  return { customerId, id: Number(id), seen: readSeen(form), reason }
}

/** Reads of what page everything unread is to be replayed, and why. @throws {Invalid} */
export function readReplayUnread(form: FormData): AskedReplayUnread {
  return { seen: readSeen(form), reason: parseReason(fieldText(form, 'reason')) }
}
