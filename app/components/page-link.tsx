import type { Route } from 'next'
import type { ComponentProps } from 'react'

type Props<T extends string> = Omit<ComponentProps<'a'>, 'href'> & { href: Route<T> }

/**
 * A plain link whose address is checked as next/link checks it. The router's own would cost
 * 3 kB on every page, and what it keeps in the browser is the one thing a bill must not be: old.
 */
export function PageLink<T extends string>({ href, children, ...rest }: Props<T>) {
  return (
    <a href={href} {...rest}>
      {children}
    </a>
  )
}
