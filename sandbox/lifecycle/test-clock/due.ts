import type { Agenda } from '@/sandbox/lifecycle/due/agenda'
import type { Due } from '@/sandbox/lifecycle/due/due'
import type { Store } from '@/sandbox/store/store'
import { finishAdvance } from './finish-advance'

/**
 * The next step of a test clock: what is due where it stands, as a dispute is, or on its way. Null
 * when there is none. It is to happen at once, whatever time it is elsewhere.
 */
export function nextStep(store: Store, agenda: Agenda): Due | null {
  for (const { id, frozen_time, status_details } of store.all('test_helpers.test_clock')) {
    const target = status_details.advancing?.target_frozen_time
    const due = agenda.next(id)
    if (due && due.at <= (target ?? frozen_time)) return due
    if (target !== undefined) return { at: target, run: (tx) => finishAdvance(tx, id) }
  }
  return null
}
