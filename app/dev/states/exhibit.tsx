import type { ReactNode } from 'react'

export function Exhibit({ name, children }: { name: string; children: ReactNode }) {
  const id = name.toLowerCase().replaceAll(/[^a-z]+/g, '-')
  return (
    <article id={id} className="min-w-0">
      <p className="mb-3 border-line border-b pb-2 font-mono text-ink-3 text-sm">
        <a href={`#${id}`}>{name}</a>
      </p>
      {children}
    </article>
  )
}
