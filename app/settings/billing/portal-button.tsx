import type { ReactNode } from 'react'
import { SubmitButton } from '@/app/components/submit-button'
import { manageBilling } from './actions'

type Props = {
  children: ReactNode
  className?: string
  /** Which page of Stripe's portal it opens; left out, its first. */
  action?: typeof manageBilling
}

export function PortalButton({ children, className = '', action = manageBilling }: Props) {
  return (
    <form action={action}>
      <SubmitButton busy="Opening Stripe…" className={className}>
        {children}
      </SubmitButton>
    </form>
  )
}
