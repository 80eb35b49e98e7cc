import type { Landing } from '@/sandbox/lifecycle/jump/jump'
import type { Call } from '@/sandbox/pages/call'

const JUMPED = 'The clock was moved, and what was due has happened.'

const DONE: Record<Landing | 'sent' | 'unsent' | 'saved' | 'settings', string> = {
  jumped: JUMPED,
  declined: `${JUMPED} For this the subscription was given a card that is declined at each charge.`,
  asked: `${JUMPED} For this the bank was set to ask the cardholder at that one charge; later ones go as the card usually does.`,
  disputed: `${JUMPED} For this the cardholder was set to dispute that one charge; later ones go as the card usually does.`,
  uncharged: `${JUMPED} Nothing was charged, because nothing was to pay: it comes with the next charge.`,
  sent: 'The event was sent again, to every enabled endpoint.',
  unsent: 'There is no enabled webhook endpoint to send it to.',
  saved: 'The switches are set.',
  settings: 'The settings are saved. They hold for attempts from now on.',
}

/** What was just done, or null. Never the query's own text. */
export function doneMessage({ query }: Call): string | null {
  const name = query.get('done') ?? ''
  return isDone(name) ? DONE[name] : null
}

function isDone(name: string): name is keyof typeof DONE {
  return Object.hasOwn(DONE, name)
}
