import { BRAND } from '@/lib/brand'
import { PageLink } from './page-link'

/** `compact`: beside a navigation, where a phone has no room for the name; it is still read out. */
export function Wordmark({ compact = false }: { compact?: boolean }) {
  return (
    <PageLink href="/" className="-m-2 inline-flex min-h-11 items-center gap-2.5 p-2">
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 text-accent">
        <rect x="1" y="1" width="18" height="18" rx="4" fill="currentColor" />
        <path
          d={BRAND.mark}
          fill="none"
          stroke="var(--on-accent)"
          strokeWidth="1.5"
          strokeLinecap="round"
        />
      </svg>
      <span className={`display pt-1 text-xl ${compact ? 'max-[26rem]:sr-only' : ''}`}>
        {BRAND.name}
      </span>
    </PageLink>
  )
}
