'use client'

import { BRAND } from '@/lib/brand'
import { BRAND_COLORS } from './brand-colors'
import './globals.css'

/** Stands in when even the layout fails, so it brings its own document and leans on nothing. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" style={BRAND_COLORS}>
      <body className="font-sans">
        <title>Something went wrong · {BRAND.name}</title>
        <main className="mx-auto w-full max-w-[520px] px-5 py-24">
          <div role="alert">
            <h1 className="display text-3xl">This page did not load.</h1>
            <p className="mt-3 text-ink-2">
              Your plan and your payments are not affected. Try again in a moment.
            </p>
          </div>
          <button type="button" onClick={retry} className="button button-primary mt-6">
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
