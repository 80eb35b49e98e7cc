import { cookies } from 'next/headers'
import {
  type Jar,
  noteBinding,
  refusalCookieName,
  typedBinding,
  typedCookieName,
} from '@/app/refusal-cookie'
import { currentUser } from '@/lib/auth/session'
import { type Note, openNote, openTyped } from '@/lib/refusals/note'
import type { Sentence } from '@/lib/refusals/sentence'
import { type Reason, SENTENCES } from '@/lib/refusals/sentences'

export type Query = Record<string, string | string[] | undefined>

/** A refusal as its page says it. */
export type Shown = Sentence & {
  reason: Reason
  ref: string
  inLog: boolean
  /** What was typed into the field that is wrong. */
  typed: string | undefined
  /** Where to come back to through signing in once more. */
  back: string | undefined
}

/**
 * What the form that led here was refused for. `?error=…&ref=…` names it, and a cookie that only we can
 * have written says what it was; null without one, so that an address says nothing by itself.
 */
export async function readRefusal({ error, ref }: Query): Promise<Shown | null> {
  if (typeof error !== 'string' || typeof ref !== 'string' || !/^[0-9a-f]{8}$/.test(ref))
    return null
  const jar = await cookies()
  const sealed = jar.get(refusalCookieName(ref))?.value
  const note = sealed ? openNote(sealed, noteBinding(jar)) : await keptNote(jar, ref)
  if (!note || note.ref !== ref || note.code !== error) return null
  const { reason, inLog, typed, back, wait, plan } = note
  const { title, advice } = SENTENCES[reason]
  const said = advice.replace('{wait}', waitText(wait)).replace('{plan}', plan ?? 'A greater plan')
  return { reason, ref, inLog, typed, back, title, advice: said }
}

// What this user typed into a form of theirs, before they had to sign in again.
async function keptNote(jar: Jar, ref: string): Promise<Note | null> {
  const sealed = jar.get(typedCookieName(ref))?.value
  const viewer = sealed ? await currentUser() : null
  return sealed && viewer ? openTyped(sealed, typedBinding(viewer.actor.id)) : null
}

function waitText(seconds = 60): string {
  if (seconds < 60) return counted(seconds, 'second')
  // Rounded up, so that a user who waits that long is let through.
  const minutes = Math.ceil(seconds / 60)
  return minutes < 120 ? counted(minutes, 'minute') : counted(Math.ceil(minutes / 60), 'hour')
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
