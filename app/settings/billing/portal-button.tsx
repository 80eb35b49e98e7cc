import type { ReactNode } from 'react'
import { SubmitButton } from '@/app/components/submit-button'
import { manageBilling } from './actions'

export function PortalButton({
  children,
  className = '',
}: {
  children: ReactNode
  className?: string
}) {
  return (
    <form action={manageBilling}>
      <SubmitButton busy="Opening Stripe…" className={className}>
        {children}
      </SubmitButton>
    </form>
  )
}
