import { Icon } from '@/app/components/icons'
import { TONES } from '@/app/components/tone'
import type { Billing } from '@/lib/billing/billing'
import { statusWord } from './status-words'

export function StatusChip({ billing }: { billing: Billing }) {
  const { word, icon, tone } = statusWord(billing)
  const { text, ground } = TONES[tone]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-medium text-sm ${text} ${ground}`}
    >
      <Icon name={icon} className="size-3.5" />
      <span className="sr-only">Status: </span>
      {word}
    </span>
  )
}
