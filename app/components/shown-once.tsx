'use client'

import { type ReactNode, useEffect, useState } from 'react'

const shown = new Set<string>()

/**
 * Shows what is about one form that was just sent, and not again when its visitor reloads or comes Back.
 * Without a script the cookie that carried it is gone after the first time (proxy.ts).
 */
export function ShownOnce({ id, children }: { id: string; children: ReactNode }) {
  const [isFirst] = useState(() => !shown.has(id))
  useEffect(() => {
    shown.add(id)
    const address = new URL(location.href)
    if (address.searchParams.get('ref') !== id) return
    for (const name of ['error', 'ref']) address.searchParams.delete(name)
    history.replaceState(null, '', address)
  }, [id])
  return isFirst ? children : null
}
