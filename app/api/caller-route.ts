import 'server-only'
import { after } from 'next/server'
import { authenticateApiKey } from '@/lib/api-keys/authenticate'
import { countKeyRequest, requireQuota } from '@/lib/api-keys/count-request'
import { requireApiAccess } from '@/lib/api-keys/require-api-access'
import type { ApiKeyActor, WorkspaceActor } from '@/lib/audit/actor'
import { requireUser } from '@/lib/auth/session'
import type { Patience } from '@/lib/deadline'
import { entitlements } from '@/lib/entitlements/read'
import { Unauthenticated } from '@/lib/errors'
import { apiRoute } from './api-route'
import { quotaHeaders } from './quota-headers'

type Handle<Actor> = (actor: Actor, request: Request) => Promise<Response>
type Route = (request: Request) => Promise<Response>

/**
 * A route for programs, with an API key alone: no cookie opens it, so no other site can call it through a
 * visitor's browser. The plan must have `api_access`; each request counts against the plan's rate.
 */
export function keyRoute(patience: Patience, handle: Handle<ApiKeyActor>): Route {
  return route(patience, keyActor, handle)
}

/**
 * A route for programs with an API key, and for our own pages with a session. A request that has a key, even
 * a wrong one, is judged by it alone.
 */
export function callerRoute(patience: Patience, handle: Handle<WorkspaceActor>): Route {
  const caller = async (request: Request, headers: Headers) =>
    request.headers.has('authorization') ? keyActor(request, headers) : (await requireUser()).actor
  return route(patience, caller, handle)
}

function route<Actor>(
  patience: Patience,
  caller: (request: Request, headers: Headers) => Promise<Actor>,
  handle: Handle<Actor>,
): Route {
  return async (request) => {
    // What goes with the answer whatever it is, a refusal included.
    const headers = new Headers()
    const run = apiRoute(patience, async () => handle(await caller(request, headers), request))
    const response = await run()
    headers.forEach((value, name) => {
      response.headers.set(name, value)
    })
    return response
  }
}

async function keyActor(request: Request, headers: Headers): Promise<ApiKeyActor> {
  const actor = await authenticateApiKey(bearerOf(request), after)
  const current = await entitlements(actor.workspaceId)
  // Before access is judged: a client that repeats a forbidden request is slowed down, too.
  const quota = await countKeyRequest(actor.id, current.tier)
  for (const [name, value] of Object.entries(quotaHeaders(quota))) headers.set(name, value)
  requireQuota(quota)
  requireApiAccess(current)
  return actor
}

/** The token of an `Authorization: Bearer`, whose scheme may be written in any case (RFC 9110, 11.1). */
function bearerOf(request: Request): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  if (token === undefined) throw new Unauthenticated({ internal: 'That is no bearer token.' })
  return token
}
