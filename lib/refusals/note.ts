import { z } from 'zod'
import type { UserId } from '@/lib/ids'
import { seal, unseal } from '@/lib/seal'
import { isReason, type Reason } from './sentences'

/** What a refused request leaves for the page that it leads to: a reason, never a sentence. */
export type Note = {
  /** As the page's address says it, too. */
  code: string
  reason: Reason
  /** Eight hex digits, in the address and in the log. */
  ref: string
  /** Whether the log has a line under the reference. */
  inLog: boolean
  /** Seconds until it may be tried again. */
  wait?: number | undefined
  /** The name of the plan that has what was asked for. */
  plan?: string | undefined
  /** What was typed into the field that is wrong: put back into it, said nowhere. */
  typed?: string | undefined
  /** Where to come back to through signing in once more; without it, to the page itself. */
  back?: string | undefined
}

type Binding = {
  secret: string
  /** The key of the browser's session, or null: what one session was refused is shown in no other. */
  session: string | null
  /** Milliseconds of real time. */
  now: number
}

/** Seconds. The page is asked for at once; this is for a slow network. */
export const NOTE_SECONDS = 60

/** Seconds. Longer than a sign-in link works: what was typed waits for its user to come back by one. */
export const TYPED_SECONDS = 1800

/** Seals a note, so that only this application can have written it. */
export function sealNote(note: Note, binding: Binding): string {
  return seal(note, sealing(binding))
}

/** The note of a sealed text; null when it is not ours, of another session, or over. */
export function openNote(sealed: string, binding: Binding): Note | null {
  const read = Sealed.safeParse(unseal(sealed, sealing(binding), NOTE_SECONDS * 1000))
  // Ours, and of a version with other reasons.
  return read.success ? read.data : null
}

type OwnerBinding = Omit<Binding, 'session'> & { owner: UserId }

/** Seals what a user typed before their session ended, so that no one else finds it in the same browser. */
export function sealTyped(note: Note, binding: OwnerBinding): string {
  return seal(note, { purpose: 'typed', ...binding })
}

/** The same, opened by that user; null for everyone else, and when it is over. */
export function openTyped(sealed: string, binding: OwnerBinding): Note | null {
  const opened = unseal(sealed, { purpose: 'typed', ...binding }, TYPED_SECONDS * 1000)
  return Sealed.safeParse(opened).data ?? null
}

function sealing({ secret, session, now }: Binding) {
  return { purpose: 'refusal', secret, owner: session ?? '', now }
}

// Zod's type for a check of our own is what the check says.
const Sealed = z.object({
  code: z.string(),
  reason: z.custom<Reason>(isReason),
  ref: z.string(),
  inLog: z.boolean(),
  wait: z.number().optional(),
  plan: z.string().optional(),
  typed: z.string().optional(),
  back: z.string().optional(),
})
