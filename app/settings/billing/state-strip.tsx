import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import type { Billing } from '@/lib/billing/billing'
import { ActButton } from './act-button'
import { confirmAt } from './paid-or-confirm'
import { stateStrips } from './state-strips'
import type { Strip, StripAction } from './strip'

/** One strip at a time, the most urgent; the others wait behind a line. */
export function StateStrip({ billing }: { billing: Billing }) {
  const [first, ...more] = stateStrips(billing)
  if (!first) return null
  return (
    <div className="grid grid-cols-1 gap-2">
      <StripNotice strip={first} />
      {more.length > 0 ? (
        <details>
          <summary className="inline-flex min-h-11 items-center px-1 text-ink-2 text-sm underline underline-offset-4 hover:text-ink">
            {more.length === 1 ? '1 more notice' : `${more.length} more notices`}
          </summary>
          <div className="grid grid-cols-1 gap-2">
            {more.map((strip) => (
              <StripNotice key={strip.kind} strip={strip} />
            ))}
          </div>
        </details>
      ) : null}
    </div>
  )
}

/** One strip, with its remedies. */
export function StripNotice({ strip }: { strip: Strip }) {
  const { tone, icon, title, detail, action, also, out } = strip
  return (
    <Notice
      tone={tone}
      icon={icon}
      title={title}
      label="About your plan"
      action={
        action || also || out ? (
          <div className="flex flex-wrap gap-3">
            {action ? <Remedy of={action} className="button-primary" /> : null}
            {also ? <Remedy of={also} /> : null}
            {out ? <Remedy of={out} className="button-quiet" /> : null}
          </div>
        ) : null
      }
    >
      {detail}
    </Notice>
  )
}

function Remedy({ of, className = '' }: { of: StripAction; className?: string }) {
  if (of.to === 'invoice')
    return (
      <a href={confirmAt(of).url} className={`button ${className}`}>
        {of.label}
      </a>
    )
  if (of.to === 'write')
    return (
      <a href={of.url} className={`button ${className}`}>
        {of.label}
      </a>
    )
  if (of.to === 'plans' || of.to === 'cancel' || of.to === 'invoices')
    return (
      <PageLink href={`/settings/billing/${of.to}`} className={`button ${className}`}>
        {of.label}
      </PageLink>
    )
  return (
    <ActButton
      {...('shown' in of ? { act: of.to, shown: of.shown } : { act: of.to })}
      className={className}
    >
      {of.label}
    </ActButton>
  )
}
