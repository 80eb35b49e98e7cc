import { choiceText } from '@/app/components/price-text'
import { BRAND } from '@/lib/brand'
import type { Choice } from '@/lib/catalog/parse-choice'

/** Why the visitor is asked to sign in: the plan they chose a moment ago is kept, and named. */
export function signInTitle(choice: Choice | null): string {
  return choice ? `Sign in to continue to ${choiceText(choice)}` : `Sign in to ${BRAND.name}`
}
