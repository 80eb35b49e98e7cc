'use client'

import { useEffect, useRef, useState } from 'react'
import { Icon } from '@/app/components/icons'

/** A key, this once. It can be copied by hand where there is no script. */
export function FreshKey({ apiKey }: { apiKey: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const copy = async () => setCopied(await written(apiKey))
  return (
    <section aria-label="Your new key" className="rounded-lg bg-ok-soft px-[min(1.5rem,6vw)] py-5">
      <h2 ref={heading} tabIndex={-1} className="flex items-center gap-2 font-semibold text-ok">
        <Icon name="check" />
        Copy your key now.
      </h2>
      <p className="mt-1 text-[0.9375rem] text-ink-2">
        It is shown this once: we keep no copy. Put it where your program keeps its secrets.
      </p>
      <p className="mt-4 rounded-md border border-line bg-surface px-3 py-2.5">
        <code translate="no" className="break-all font-mono text-sm" data-key>
          {apiKey}
        </code>
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <button type="button" onClick={copy} className="button button-primary scripting-only">
          Copy key
        </button>
        <a href="/settings/api-keys" className="button">
          I have it
        </a>
        <span role="status" className="text-[0.9375rem] text-ink-2">
          {copied === null ? '' : copied ? 'Copied.' : 'Not copied: select it and copy it by hand.'}
        </span>
      </div>
    </section>
  )
}

// A browser may refuse, and on an insecure address has no clipboard at all.
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
