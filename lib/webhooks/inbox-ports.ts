import { ingestEvents } from '@/db/queries/ingest-events'
import { ingestEvent } from '@/db/queries/ledger'
import { env } from '@/lib/env'
import { isCommitted, rememberAlong } from '@/lib/redis/seen'
import { answersFirst } from '@/lib/sync/answers-first'
import { EventBatches } from './event-batches'
import type { InboxPorts } from './ports'

/** The real inbox: Postgres, our secrets and the wall clock. */
export function inboxPorts(): InboxPorts {
  const { appEnv, databaseFingerprint: namespace, stripe } = env()
  return {
    ingestEvent: (event) => answersFirst.storing(() => batches.ingest(event)),
    isCommitted: (eventId) => isCommitted({ namespace, eventId }),
    rememberAlong: (eventId) => rememberAlong({ namespace, eventId }),
    secrets: stripe.webhookSecrets,
    now: () => new Date(),
    appEnv,
    livemode: stripe.livemode,
  }
}

// Of this process.
const batches = new EventBatches({ one: ingestEvent, several: ingestEvents })
