import 'server-only'
import type { Route } from 'next'
import { cookies } from 'next/headers'
import { NOTE_SECONDS } from '@/lib/refusals/note'
import { seal, unseal } from '@/lib/seal'
import type { Query } from './components/read-refusal'
import { noteBinding } from './refusal-cookie'

/**
 * The address that a form leads to once it is done, with a word for what was done. The word is sealed for its page
 * and this browser's session: a link from another site cannot have a page of ours say that something was done.
 */
export async function doneAt(page: string, done: string): Promise<Route> {
  const query = new URLSearchParams({ done, sealed: seal(`${page} ${done}`, await binding()) })
  // A page of ours with a query of ours.
  return `${page}?${query}` as Route
}

/** What was done by the form that led to this page a moment ago, in this browser; null for any other address. */
export async function readDone(page: string, { done, sealed }: Query): Promise<string | null> {
  if (typeof done !== 'string' || typeof sealed !== 'string') return null
  return unseal(sealed, await binding(), NOTE_SECONDS * 1000) === `${page} ${done}` ? done : null
}

async function binding() {
  const { secret, session, now } = noteBinding(await cookies())
  return { purpose: 'done', secret, owner: session ?? '', now }
}
