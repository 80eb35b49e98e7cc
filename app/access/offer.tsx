import type { ReactNode } from 'react'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { FEATURES, type Feature } from '@/lib/catalog/features'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { PLANS } from '@/lib/catalog/plans'
import type { Entitlements } from '@/lib/entitlements/answer'

type Props = { feature: Feature; access: Entitlements; children?: ReactNode }

/** In place of what a workspace may not use: what would allow it. */
export function Offer({ feature, access, children }: Props) {
  const { name, definition } = FEATURES[feature]
  const { title, says, action } = whatWouldHelp(feature, access)
  return (
    <Notice
      tone={action ? 'info' : 'warn'}
      icon="info"
      label={name}
      title={`${name}: ${title}`}
      action={action}
    >
      {says ?? definition} {children}
    </Notice>
  )
}

function whatWouldHelp(feature: Feature, { withheld, plan: own }: Entitlements) {
  const plan = planWithFeature(feature)
  if (withheld.includes(feature) || !plan)
    return {
      title: 'turned off for your account.',
      says: 'The people who run this app can say why.',
    }
  if (own && PLANS[own].features.includes(feature))
    return {
      title: `on hold with ${PLANS[own].name}.`,
      says: 'Your billing page says what your plan waits for.',
      action: to('/settings/billing', 'Go to billing'),
    }
  return {
    title: `included in ${plan.name}.`,
    action: to('/settings/billing/plans', 'See plans'),
  }
}

function to(href: '/settings/billing' | '/settings/billing/plans', label: string) {
  return (
    <PageLink href={href} className="button button-primary">
      {label}
    </PageLink>
  )
}
