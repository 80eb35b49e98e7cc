import { useEffect } from 'react'
import { AWAY } from '@/lib/refusals/away'
import type { Sentence } from '@/lib/refusals/sentence'
import { isOutdated, loadAgain } from './outdated'
import { PageLink } from './page-link'
import { Wordmark } from './wordmark'

type Props = { error: unknown; retry: () => void; title: string }

/**
 * A page that failed: what is away, what is safe, how to try again, and the reference that the log has too. One
 * from before an update is loaded again.
 */
export function Failure({ error, retry, title }: Props) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  const outdated = isOutdated(error)
  const { sentence, ref } = outdated ? { sentence: OUTDATED, ref: null } : readDigest(digest)
  useEffect(() => {
    if (outdated) loadAgain()
  }, [outdated])
  return (
    <>
      <header className="border-line border-b">
        <div className="mx-auto flex w-full max-w-[1120px] px-5 py-2.5">
          <Wordmark />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[520px] px-5 py-20 outline-none"
      >
        <div role="alert">
          <h1 className="display text-3xl">{title}</h1>
          {sentence ? <p className="mt-3 text-ink-2">{sentence.title}</p> : null}
          <p className="mt-3 text-ink-2">
            {sentence
              ? sentence.advice
              : 'Your plan and your payments are not affected. Try again in a moment.'}
          </p>
        </div>
        <div className="mt-6 flex flex-wrap items-center gap-3">
          <button
            type="button"
            onClick={outdated ? loadAgain : retry}
            className="button button-primary"
          >
            Try again
          </button>
          <PageLink href="/" className="button">
            Go to the start page
          </PageLink>
        </div>
        {ref ? (
          <p className="mt-6 text-ink-3 text-sm">
            Reference <code className="font-mono">{ref}</code>
          </p>
        ) : null}
      </main>
    </>
  )
}

const OUTDATED: Sentence = {
  title: 'It is from before an update, and is loaded again.',
  advice: 'Nothing was done, and nothing was charged.',
}

// `records_away.1a2b3c4d` from `in-time.ts`; of whatever else fails, a hash of Next's.
function readDigest(digest: string | null): { sentence: Sentence | null; ref: string | null } {
  const [, reason, ref] = /^([a-z_]+)\.([0-9a-f]{8})$/.exec(digest ?? '') ?? []
  if (!reason || !ref) return { sentence: null, ref: digest }
  // Looked up among its own keys alone.
  const known = Object.entries(AWAY).find(([name]) => name === reason)
  return { sentence: known?.[1] ?? null, ref }
}
