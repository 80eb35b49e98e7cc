import { Chip } from '@/app/components/chip'
import type { Billing } from '@/lib/billing/billing'
import { statusWord } from './status-words'

export function StatusChip({ billing }: { billing: Billing }) {
  return <Chip {...statusWord(billing)} />
}
