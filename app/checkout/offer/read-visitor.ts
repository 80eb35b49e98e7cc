import 'server-only'
import { type OwnedPlans, readPlansOf } from '@/app/settings/billing/plans/read-own-plans'
import { type CurrentUser, currentUser } from '@/lib/auth/session'
import { PATIENCE, within } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { failureText, log } from '@/lib/log'

type Visitor = { viewer: CurrentUser; owned: OwnedPlans }

// Less than the whole page may take, so that it can still be shown.
const PART = { ...PATIENCE.person, answer: PATIENCE.person.answer - 1_000 }

/**
 * Who is signed in and what they have; null without a session, and while it cannot be read: an outage is no
 * reason to sell nothing, and a click finds out who the user is.
 */
export async function readVisitor(): Promise<Visitor | null> {
  try {
    return await within(PART, async () => {
      const viewer = await currentUser()
      return viewer && { viewer, owned: await readPlansOf(viewer.actor) }
    })
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    log.warn({ error: failureText(error) }, 'pricing shown without who its visitor is')
    return null
  }
}
