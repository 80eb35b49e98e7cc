'use client'

import { useEffect } from 'react'

/**
 * Presses the form's button for a person who has just arrived. Not when they came back
 * with the history, or the way back from Stripe would lead to Stripe for ever.
 */
export function SubmitOnArrival({ form }: { form: string }) {
  useEffect(() => {
    const [entry] = performance.getEntriesByType('navigation')
    const arrived = entry instanceof PerformanceNavigationTiming && entry.type === 'navigate'
    const element = document.getElementById(form)
    if (!arrived || !(element instanceof HTMLFormElement)) return
    // Not within the first effects: the router is not ready for an answer that leads to another site.
    const timer = setTimeout(() => element.requestSubmit())
    return () => clearTimeout(timer)
  }, [form])
  return null
}
