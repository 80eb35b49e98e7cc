import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FACTS, handledEvents, NOTIFIED } from '@/lib/events/handlers'
import { ROOT } from '@/scripts/stack/paths'
import { code, markdownTable } from './markdown-table'

/** docs/reference/events.md: what Stripe is asked to send, and what each means here. */
export function eventsPage(): string {
  const notified: ReadonlyMap<string, string> = new Map(Object.entries(NOTIFIED))
  const reasons = reasonsOf(readFileSync(join(ROOT, 'lib/events/handlers.ts'), 'utf8'))
  return `# Handled events

The ${handledEvents.length} events that a webhook endpoint subscribes to. Whatever they say, the answer is the same: what they are about is read from Stripe again ([why](../decisions/0001-an-event-is-a-signal.md)). Some are also recorded as facts, once, or once for each attempt, and some of those cause [an email](emails.md). Any other event is stored and answered as \`ignored\`. [Add one](../how-to/add-a-handled-event.md).

${markdownTable(
  ['event', 'why', 'recorded', 'emailed to'],
  handledEvents.map((type) => [
    code(type),
    reasons.get(type) ?? '',
    recorded(type),
    notified.get(type)?.replace('both', 'customer and operator') ?? '',
  ]),
)}
`
}

function recorded(type: string): string {
  const fact = FACTS.get(type)
  if (!fact) return ''
  return fact.perAttempt ? 'for each attempt' : 'once'
}

// The comment right above each line; one that begins with … goes on from the event before.
function reasonsOf(text: string): Map<string, string> {
  const entries = text.matchAll(/((?:^ {2}\/\/ .*\n)+) {2}'([a-z_.]+)': \{/gm)
  return new Map(
    [...entries].map(([, comment = '', type = '']) => [
      type,
      comment
        .replace(/^ {2}\/\/ /gm, '')
        .replaceAll('\n', ' ')
        .trim(),
    ]),
  )
}
