'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Asks the server again after some seconds. All it knows is in the address, so a reload loses nothing. */
export function AskAgain({ next, seconds }: { next: Route; seconds: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => router.replace(next, { scroll: false }), seconds * 1000)
    return () => clearTimeout(timer)
  }, [router, next, seconds])
  return null
}
