import { ambient } from '@/lib/ambient'
import type { WorkspaceId } from '@/lib/ids'
import type { Entitlements } from './answer'

type Request = { answers: Map<WorkspaceId, Promise<Entitlements>>; later: Later | null }

/** Has something done once the request is answered, with the process kept alive until it is. */
type Later = (task: () => Promise<void>) => void

/**
 * Runs the work of one request, in which each workspace is read once. The answer is as old as the request:
 * never wrap anything that goes on after it; that is for `later`.
 */
export function inOneRequest<T>(work: () => Promise<T>, later: Later | null = null): Promise<T> {
  return request.run(request.get() ?? { answers: new Map(), later }, work)
}

/** Does something once this request is answered. Where there is none to wait for it is begun at once. */
export function afterRequest(task: () => Promise<void>): void {
  const later = request.get()?.later
  if (later) later(task)
  else void task()
}

/** The answer that this request has already, or `read`. Outside of a request each is read anew. */
export function onceInRequest(
  workspaceId: WorkspaceId,
  read: () => Promise<Entitlements>,
): Promise<Entitlements> {
  const answers = request.get()?.answers
  if (!answers) return read()
  const known = answers.get(workspaceId)
  if (known) return known
  const answer = read()
  answers.set(workspaceId, answer)
  // What failed is asked again by the next who wants to know.
  answer.catch(() => answers.delete(workspaceId))
  return answer
}

/** Has the next question of this request read again: its own work may have changed the answer. */
export function forgetInRequest(workspaceId: WorkspaceId): void {
  request.get()?.answers.delete(workspaceId)
}

const request = ambient<Request>(Symbol.for('app.request'))
