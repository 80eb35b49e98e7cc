import { AsyncLocalStorage } from 'node:async_hooks'
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
  return requests().run(requests().getStore() ?? { answers: new Map(), later }, work)
}

/** Does something once this request is answered. Where there is none to wait for it is begun at once. */
export function afterRequest(task: () => Promise<void>): void {
  const later = requests().getStore()?.later
  if (later) later(task)
  else void task()
}

/** The answer that this request has already, or `read`. Outside of a request each is read anew. */
export function onceInRequest(
  workspaceId: WorkspaceId,
  read: () => Promise<Entitlements>,
): Promise<Entitlements> {
  const answers = requests().getStore()?.answers
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
  requests().getStore()?.answers.delete(workspaceId)
}

// Next bundles this file once for pages and once for routes.
function requests(): AsyncLocalStorage<Request> {
  shared.ledgerlineAccess ??= new AsyncLocalStorage()
  return shared.ledgerlineAccess
}

// The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlineAccess?: AsyncLocalStorage<Request> }
