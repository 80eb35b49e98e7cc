import type { Audience } from '@/lib/events/handlers'

type Handler = { fact?: { perAttempt: boolean }; notify?: Audience }

export const added: Record<string, Handler> = {
  // An invoice that was sent is past its day: its customer is read, and it stays on record.
  'invoice.overdue': { fact: { perAttempt: false } },
}
