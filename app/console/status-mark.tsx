import { Icon, type IconName } from '@/app/components/icons'
import { TONES, type Tone } from '@/app/components/tone'

/** A status in Stripe's own word, with an icon: operators look it up there. */
export function StatusMark({ status }: { status: string }) {
  const { icon, tone } = LOOKS[status] ?? NEUTRAL
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${TONES[tone].text}`}>
      <Icon name={icon} className="size-3.5" />
      {status.replaceAll('_', ' ')}
    </span>
  )
}

type Look = { icon: IconName; tone: Tone }

const NEUTRAL: Look = { icon: 'dash', tone: 'neutral' }

const LOOKS: Readonly<Record<string, Look>> = {
  active: { icon: 'check', tone: 'ok' },
  trialing: { icon: 'clock', tone: 'info' },
  processing: { icon: 'clock', tone: 'info' },
  past_due: { icon: 'alert', tone: 'danger' },
  unpaid: { icon: 'alert', tone: 'danger' },
  incomplete: { icon: 'alert', tone: 'warn' },
  paused: { icon: 'pause', tone: 'neutral' },
  unknown: { icon: 'info', tone: 'warn' },
  // Of an event, of an invoice, of an entry in the outbox.
  done: { icon: 'check', tone: 'ok' },
  pending: { icon: 'clock', tone: 'info' },
  dead: { icon: 'alert', tone: 'danger' },
  paid: { icon: 'check', tone: 'ok' },
  open: { icon: 'clock', tone: 'warn' },
  sent: { icon: 'check', tone: 'ok' },
  repaired: { icon: 'check', tone: 'ok' },
  waiting: { icon: 'clock', tone: 'info' },
  failing: { icon: 'alert', tone: 'danger' },
  // Of a check.
  ok: { icon: 'check', tone: 'ok' },
  failed: { icon: 'alert', tone: 'danger' },
  fail: { icon: 'alert', tone: 'danger' },
  warn: { icon: 'alert', tone: 'warn' },
  // Of a step of the setup.
  to_do: { icon: 'alert', tone: 'danger' },
  to_know: { icon: 'info', tone: 'warn' },
}
