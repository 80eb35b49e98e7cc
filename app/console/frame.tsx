import type { ReactNode } from 'react'
import type { Query } from '@/app/components/read-refusal'
import { Wordmark } from '@/app/components/wordmark'
import { signOut } from '@/app/sign-in/actions'
import type { Operator } from '@/lib/auth/operator'
import { env } from '@/lib/env'
import { ConsoleMenu } from './menu'
import { Omnibox } from './omnibox'
import type { Place } from './places'

type Props = { operator: Operator; here: Place; query: Query; children: ReactNode }

/** The frame of every page of the console: which Stripe it is about, the search, the menu, then the page. */
export function ConsoleFrame({ operator, here, query, children }: Props) {
  return (
    <div className="text-sm">
      <header className="border-line border-b">
        <div className="mx-auto flex w-full max-w-[1440px] flex-wrap items-center gap-x-4 gap-y-2 px-5 py-2">
          <Wordmark compact />
          <Mode />
          <Omnibox asked={typeof query.q === 'string' ? query.q : ''} />
          <form action={signOut} className="ml-auto">
            <button
              type="submit"
              className="inline-flex min-h-11 items-center rounded-md px-2 text-ink-2 hover:text-ink"
              title={`Signed in as ${operator.email}`}
            >
              Sign out
            </button>
          </form>
        </div>
      </header>
      <div className="mx-auto flex w-full max-w-[1440px] flex-col md:min-h-[calc(100dvh-10rem)] md:flex-row">
        <ConsoleMenu here={here} />
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 border-line px-5 pt-5 pb-16 outline-none md:px-6"
        >
          {children}
        </main>
      </div>
    </div>
  )
}

// In words, and always there: who acts on real money must not think that it is a rehearsal.
function Mode() {
  const { stripe } = env()
  const [tone, word] = stripe.livemode
    ? ['bg-danger-soft text-danger', 'Live mode']
    : ['bg-warn-soft text-warn', stripe.apiBase ? 'Sandbox' : 'Test mode']
  return <span className={`rounded-md px-2 py-0.5 font-semibold text-xs ${tone}`}>{word}</span>
}
