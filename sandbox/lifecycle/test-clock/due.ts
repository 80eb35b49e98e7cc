import type { Agenda } from '@/sandbox/lifecycle/due/agenda'
import type { Due } from '@/sandbox/lifecycle/due/due-of'
import type { Store } from '@/sandbox/store/store'
import { finishAdvance } from './advance'

/** The next step of a test clock that is on its way, or null when none is. It is to happen at once, whatever time it is elsewhere. */
export function nextStep(store: Store, agenda: Agenda): Due | null {
  for (const { id, status_details } of store.all('test_helpers.test_clock')) {
    const target = status_details.advancing?.target_frozen_time
    if (target === undefined) continue
    const due = agenda.next(id)
    if (due && due.at <= target) return due
    return { at: target, run: (tx) => finishAdvance(tx, id) }
  }
  return null
}
