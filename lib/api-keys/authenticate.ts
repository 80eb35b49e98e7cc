import { findLivingKey, noteKeyUse } from '@/db/queries/api-keys'
import { type ApiKeyActor, apiKeyActor } from '@/lib/audit/actor'
import { Unauthenticated } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { apiKeyMode } from './mode'
import { apiKeyModeOf, hashOfApiKey } from './secret'

/** Runs work once the answer is on its way; `after` of Next. */
type Later = (work: () => Promise<void>) => void

/**
 * The actor of a request with an API key. It says whose key it is, not what it may do: ask
 * `requireApiAccess` next. A text that cannot be a key of this place, such as one with a typo, costs no
 * query.
 * @throws {Unauthenticated} no such key, or it was revoked, or is over; which of these is not said
 */
export async function authenticateApiKey(text: string, later: Later): Promise<ApiKeyActor> {
  const found = apiKeyModeOf(text) === apiKeyMode() ? await findLivingKey(hashOfApiKey(text)) : null
  if (!found) throw new Unauthenticated({ internal: 'That API key opens nothing.' })
  if (!found.usedLately) later(() => noteUse(found.id))
  return apiKeyActor(found.id, found.workspaceId)
}

// It only shows a user whether a key is still in use: no request fails for it.
async function noteUse(id: string): Promise<void> {
  try {
    await noteKeyUse(id)
  } catch (error) {
    log.warn({ apiKey: id, reason: failureText(error) }, 'The use of an API key was not noted.')
  }
}
