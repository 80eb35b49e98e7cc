import type { MetricFacts } from '@/db/queries/metrics'
import type { Bounds } from '@/lib/health/judge'

/** What is measured at one moment. `facts` are null while Postgres does not answer. */
export type Measured = {
  facts: MetricFacts | null
  late: Bounds
  stripe: Readonly<Record<'ok' | 'refused' | 'away', number>>
}

/**
 * Everything as Prometheus reads it (text format 0.0.4). Numbers alone: no id, no name, no address. What is
 * not known is left out, as Prometheus wants it, and never 0.
 */
export function renderMetrics({ facts, late, stripe }: Measured): string {
  const metrics = [
    gauge('billing_postgres_up', 'Whether Postgres answered this question.', facts ? 1 : 0),
    ...(facts ? ofRecords(facts) : []),
    ...series(
      'billing_job_age_seconds',
      'gauge',
      'Since each scheduled job last ended well.',
      Object.entries(facts?.jobAges ?? {}).map(([job, value]) => [`job="${job}"`, value]),
    ),
    ...series(
      'billing_job_late_after_seconds',
      'gauge',
      'After how long without a good run a job is late here.',
      Object.entries(late).map(([job, bound]) => [
        `job="${job}"`,
        bound === null ? null : bound / 1000,
      ]),
    ),
    ...series(
      'billing_stripe_calls_total',
      'counter',
      'Calls of Stripe that this process made, by how they ended.',
      Object.entries(stripe).map(([ended, value]) => [`ended="${ended}"`, value]),
    ),
  ]
  return `${metrics.filter(Boolean).join('\n')}\n`
}

function ofRecords(facts: MetricFacts): string[] {
  return [
    gauge(
      'billing_inbox_pending',
      'Events that are stored and not worked through.',
      facts.inboxPending,
    ),
    gauge(
      'billing_inbox_oldest_seconds',
      'How long the oldest of them has waited.',
      facts.inboxOldest,
    ),
    gauge('billing_inbox_dead', 'Events that were given up.', facts.inboxDead),
    gauge(
      'billing_targets_due',
      'Customers and objects that are due to be read again.',
      facts.targetsDue,
    ),
    gauge(
      'billing_targets_due_seconds',
      'How long the one that has waited longest has been due.',
      facts.dueFor,
    ),
    gauge(
      'billing_targets_parked',
      'Those whose read failed twelve times and more.',
      facts.targetsParked,
    ),
    gauge('billing_outbox_pending', 'What waits to go out, such as emails.', facts.outboxPending),
    gauge(
      'billing_outbox_oldest_seconds',
      'How long the oldest of it has waited.',
      facts.outboxOldest,
    ),
    gauge(
      'billing_event_delivery_seconds',
      'From Stripe to here: 95 of 100 of the latest events took no longer.',
      facts.deliveryLag,
    ),
    gauge(
      'billing_event_processing_seconds',
      'From here to being done: 95 of 100 took no longer.',
      facts.processingTime,
    ),
    gauge(
      'billing_cursor_age_seconds',
      'Since events were last looked through for what no webhook brought.',
      facts.cursorAge,
    ),
    gauge(
      'billing_anchor_age_seconds',
      'Since the end of the last anchored day of the audit trail.',
      facts.anchorAge,
    ),
  ]
}

function gauge(name: string, help: string, value: number | null): string {
  return series(name, 'gauge', help, [['', value]]).join('\n')
}

function series(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  values: readonly (readonly [labels: string, value: number | null])[],
): string[] {
  const known = values.flatMap(([labels, value]) =>
    value === null ? [] : [`${name}${labels && `{${labels}}`} ${Number(value)}`],
  )
  return known.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...known]
}
