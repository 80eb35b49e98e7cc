import { Notice } from '@/app/components/notice'
import type { ShownPromotion } from '@/lib/promotions/read'
import { promotionWords } from './promotion-words'

type Props = { shown: ShownPromotion; code: string; hasPlan: boolean }

/** What a promotion code does, above prices that are without it; the words have their own account of these. */
export function PromotionNotice({ shown, code, hasPlan }: Props) {
  const { title, detail } = promotionWords(shown, code, { hasPlan })
  const isGiven = shown.kind === 'given' && !hasPlan
  return (
    <Notice
      role="status"
      tone={isGiven ? 'ok' : 'info'}
      icon={isGiven ? 'check' : 'info'}
      title={title}
    >
      {detail}
    </Notice>
  )
}
