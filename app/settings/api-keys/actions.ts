'use server'

import { redirect } from 'next/navigation'
import { action } from '@/app/action'
import { backTo } from '@/app/back-to'
import { doneAt } from '@/app/done-at'
import { limitSettings } from '@/app/limits'
import type { Refused } from '@/app/refuse'
import { type Sent, sentWith } from '@/app/typed'
import { createApiKey } from '@/lib/api-keys/create'
import { revokeApiKey } from '@/lib/api-keys/revoke'
import type { ApiKey } from '@/lib/api-keys/secret'
import { readKeyId, readNewKey } from './read-form'

/** A key that was made just now. It stands in this one answer, and nowhere else. */
export type Made = { key: ApiKey }

const create = action(readNewKey, createApiKey, limitSettings)
const revoke = action(readKeyId, revokeApiKey, limitSettings)

/**
 * Makes a key. It comes back as the answer to the form itself, without a redirect: an address or a cookie
 * that carried it to another page would be kept by browsers and logs.
 */
export async function makeKey(_: Made | null, form: FormData): Promise<Made> {
  const result = await create(form)
  return result.ok ? { key: result.value.key } : back(result, sentWith(form, { name: 60, days: 5 }))
}

/** Ends a key for good. */
export async function revokeKey(form: FormData): Promise<never> {
  const result = await revoke(form)
  if (!result.ok) return back(result)
  redirect(await doneAt(HERE, 'revoked'))
}

const HERE = '/settings/api-keys'

async function back(refused: Refused, sent?: Sent): Promise<never> {
  redirect(await backTo(HERE, refused, sent))
}
