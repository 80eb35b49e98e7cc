import type { Query } from '@/app/components/refusals'
import { SubmitButton } from '@/app/components/submit-button'
import { signInMethods } from '@/lib/auth/sign-in'
import { continueWith } from './actions'
import { KeptFields } from './kept-fields'

const PROVIDERS = [
  ['github', 'GitHub'],
  ['google', 'Google'],
] as const

/** The other sites that are set up; nothing when none is. */
export function ProviderForms({ query }: { query: Query }) {
  const methods = signInMethods()
  const offered = PROVIDERS.filter(([id]) => methods[id])
  if (offered.length === 0) return null
  return (
    <div className="mt-5 grid gap-3 border-line border-t pt-5">
      {offered.map(([id, name]) => (
        <form key={id} action={continueWith}>
          <KeptFields query={query} />
          <input type="hidden" name="provider" value={id} />
          <SubmitButton busy={`Opening ${name}…`} className="w-full">
            Continue with {name}
          </SubmitButton>
        </form>
      ))}
    </div>
  )
}
