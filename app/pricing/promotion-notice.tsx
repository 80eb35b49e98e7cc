import { Notice } from '@/app/components/notice'
import type { ShownPromotion } from '@/lib/promotions/read'
import { promotionWords } from './promotion-words'

/** What a promotion code does, above prices that are without it; `code`: as it stands in the address. */
export function PromotionNotice({ shown, code }: { shown: ShownPromotion; code: string }) {
  const { title, detail } = promotionWords(shown, code)
  const isGiven = shown.kind === 'given'
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
