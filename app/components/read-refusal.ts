import { cookies } from 'next/headers'
import { noteBinding, refusalCookieName } from '@/app/refusal-cookie'
import { openNote } from '@/lib/refusals/note'
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
  const note = sealed ? openNote(sealed, noteBinding(jar)) : null
  if (!note || note.ref !== ref || note.code !== error) return null
  const { reason, inLog, typed, wait, plan } = note
  const { title, advice } = SENTENCES[reason]
  const said = advice.replace('{wait}', waitText(wait)).replace('{plan}', plan ?? 'A greater plan')
  return { reason, ref, inLog, typed, title, advice: said }
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
