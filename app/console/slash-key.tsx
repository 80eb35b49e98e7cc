'use client'

import { useEffect } from 'react'

/** Has `/` lead into a field, as in the tools that operators know; not while they type elsewhere. */
export function SlashKey({ to }: { to: string }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event
      const typing =
        target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return
      event.preventDefault()
      document.getElementById(to)?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [to])
  return null
}
