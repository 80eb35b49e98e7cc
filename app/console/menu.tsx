import { PageLink } from '@/app/components/page-link'
import { PLACES, type Place } from './places'

/** Beside the page where there is room, above it where there is not. */
export function ConsoleMenu({ here }: { here: Place }) {
  return (
    <nav
      aria-label="Console"
      className="border-line border-b md:w-44 md:shrink-0 md:border-r md:border-b-0"
    >
      <ul className="flex flex-wrap gap-x-1 px-3 py-1 md:flex-col md:py-4">
        {PLACES.map(({ place, href, label }) => (
          <li key={place}>
            <PageLink
              href={href}
              aria-current={place === here ? 'page' : undefined}
              className="flex min-h-9 items-center rounded-md px-2 text-ink-2 hover:bg-subtle hover:text-ink aria-[current=page]:bg-subtle aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {label}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
