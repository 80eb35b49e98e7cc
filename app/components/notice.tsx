import type { ReactNode } from 'react'
import type { IconName } from './icons'
import { Icon } from './icons'
import { TONES, type Tone } from './tone'

type Props = {
  tone: Tone
  icon: IconName
  title: ReactNode
  children?: ReactNode
  /** `alert` only for what has just failed; a lasting state is a labeled region. */
  role?: 'alert' | 'status' | 'region'
  label?: string
  action?: ReactNode
}

export function Notice({ tone, icon, title, children, role = 'region', label, action }: Props) {
  const { text, ground } = TONES[tone]
  return (
    <section
      role={role}
      aria-label={role === 'region' ? (label ?? 'Notice') : undefined}
      className={`flex gap-3 rounded-lg px-4 py-3.5 ${ground}`}
    >
      <Icon name={icon} className={`mt-[0.2rem] size-[1.125rem] ${text}`} />
      <div className="flex flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <p className={`wrap-anywhere text-balance font-semibold ${text}`}>{title}</p>
          {children ? <div className="mt-0.5 text-[0.9375rem] text-ink-2">{children}</div> : null}
        </div>
        {action}
      </div>
    </section>
  )
}
