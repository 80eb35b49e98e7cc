import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'

type Props = {
  /** Whether an operator turned it off, so that no plan helps. */
  withheld: boolean
  /** Whether there are keys that would work with the feature. */
  hasKeys: boolean
}

/** In place of the form where the plan has no API access: what would allow it. */
export function NoAccess({ withheld, hasKeys }: Props) {
  const plan = withheld ? null : planWithFeature('api_access')
  const keys = hasKeys ? ' Your keys are refused until then; you can still revoke them.' : ''
  if (!plan) {
    return (
      <Notice tone="warn" icon="info" label="API access" title="API access is turned off here.">
        The people who run this app can say why.{keys}
      </Notice>
    )
  }
  return (
    <Notice
      tone="info"
      icon="info"
      label="API access"
      title={`API access comes with ${plan.name}.`}
      action={
        <PageLink href="/settings/billing/plans" className="button button-primary">
          See plans
        </PageLink>
      }
    >
      With it, your own programs read and write your data.{keys}
    </Notice>
  )
}
