'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/**
 * The heading of what has replaced a form within the page: focus goes to it, or it would be lost with the
 * button that was pressed, and a screen reader would say nothing.
 */
export function FocusedHeading({
  children,
  className,
}: {
  children: ReactNode
  className: string
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h1 ref={heading} tabIndex={-1} className={`${className} outline-none`}>
      {children}
    </h1>
  )
}
