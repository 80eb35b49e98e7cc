'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Asks the server again after some seconds. All it knows is in the address, so a reload loses nothing. */
export function AskAgain({ next, seconds }: { next: string; seconds: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => router.replace(next as never, { scroll: false }), seconds * 1000)
    return () => clearTimeout(timer)
  }, [router, next, seconds])
  return null
}
