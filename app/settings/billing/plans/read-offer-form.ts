import { fieldText } from '@/app/form-field'
import { Invalid } from '@/lib/errors'

/** What was shown, as it was sealed, and whether its charge was agreed to. */
export function readOfferForm(form: FormData): { offer: string; agreed: boolean } {
  const offer = fieldText(form, 'offer')
  if (!offer) throw new Invalid('unknown_form')
  return { offer, agreed: fieldText(form, 'agree') === 'yes' }
}
