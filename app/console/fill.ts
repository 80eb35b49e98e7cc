import type { Typed } from '@/app/typed'
import type { UserId } from '@/lib/ids'

/** What a form of the console begins with: who is to send it, and what they typed before it was refused. */
export type Fill = { operator: { id: UserId }; typed: Typed }

/** What is typed into one of them, with the room that each field has. What has no default is chosen anew. */
export const ROOM = { form: 400, reason: 500, what: 60, until: 10, amount: 9, email: 254 }

/** What was typed into the form of this name; nothing into every other one of the page. */
export function typedInto(form: string, { typed }: Fill): Typed {
  return typed.form === form ? typed : {}
}
