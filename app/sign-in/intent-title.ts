import { choiceText } from '@/app/components/price-text'
import { BRAND } from '@/lib/brand'
import type { Choice } from '@/lib/catalog/parse-choice'

/** Why somebody is asked to sign in: the plan they chose a moment ago is kept, and said. */
export function signInTitle(choice: Choice | null): string {
  return choice ? `Sign in to continue to ${choiceText(choice)}` : `Sign in to ${BRAND.name}`
}
