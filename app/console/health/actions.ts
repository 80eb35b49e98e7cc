'use server'

import { consoleLook } from '@/app/console/console-act'
import { limitDoctor } from '@/app/limits'
import { runDoctor } from '@/lib/console/health'
import type { Finding } from '@/lib/doctor/check'

export type Looked =
  | { kind: 'findings'; findings: Finding[] }
  | { kind: 'late' }
  | { kind: 'paced' }
  | { kind: 'failed' }

const look = consoleLook(runDoctor, limitDoctor)

/** Runs every check of the doctor from this server: it writes to each store, and asks Stripe and the mail server. */
export async function runChecks(_: Looked | null, form: FormData): Promise<Looked> {
  const result = await look(form)
  if (result.ok) return { kind: 'findings', findings: result.value }
  if (result.code === 'rate_limited') return { kind: 'paced' }
  return { kind: result.code === 'unavailable' ? 'late' : 'failed' }
}
