import { fieldText } from '@/app/form-field'
import type { AskedReplay } from '@/lib/console/replay'
import { type AskedGroup, KINDS } from '@/lib/console/stuck'
import { Invalid, NotFound } from '@/lib/errors'
import { isEventId } from '@/lib/ids'
import { parseReason } from '@/lib/operators/reason'
import { readSeen } from './read-form'

/** Reads which event to replay, of what page, and why. @throws {Invalid | NotFound} */
export function readReplay(form: FormData): AskedReplay {
  const id = fieldText(form, 'event')
  if (!isEventId(id)) throw new NotFound('console_gone')
  return { id, seen: readSeen(form), reason: parseReason(fieldText(form, 'reason')) }
}

/** Reads which group to replay, of what page, and why. @throws {Invalid} */
export function readGroup(form: FormData): AskedGroup {
  const kind = KINDS.find((each) => each === fieldText(form, 'kind'))
  const signature = fieldText(form, 'signature')
  if (!kind || !signature || !/^[0-9a-f]{32}$/.test(signature)) throw new Invalid('console_subject')
  return { kind, signature, seen: readSeen(form), reason: parseReason(fieldText(form, 'reason')) }
}

/** The page that a form about an event stands on, whatever was posted. */
export function eventPage(form: unknown): string {
  const id = fieldText(form, 'event')
  return isEventId(id) ? `/console/events/${id}` : '/console/events'
}
