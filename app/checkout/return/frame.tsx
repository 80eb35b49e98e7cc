import type { ReactNode } from 'react'
import { Icon, type IconName } from '@/app/components/icons'
import { PageLink } from '@/app/components/page-link'
import { TONES, type Tone } from '@/app/components/tone'

type Props = {
  tone: Tone
  icon: IconName
  title: string
  children: ReactNode
  /** The one place to go from here; left out when the frame brings its own button. */
  to?: 'billing' | 'plans'
}

const LINKS = {
  billing: (
    <PageLink href="/settings/billing" className="button mt-6">
      Go to billing
    </PageLink>
  ),
  plans: (
    <PageLink href="/pricing" className="button mt-6">
      See the plans
    </PageLink>
  ),
}

export function Frame({ tone, icon, title, children, to }: Props) {
  return (
    <section className="card p-[min(1.75rem,6vw)] sm:p-9">
      <span className={`inline-flex rounded-full p-2.5 ${TONES[tone].text} ${TONES[tone].ground}`}>
        <Icon name={icon} className="size-5" />
      </span>
      <h1 className="display mt-4 text-3xl">{title}</h1>
      <div className="mt-2 text-ink-2">{children}</div>
      {to ? LINKS[to] : null}
    </section>
  )
}
