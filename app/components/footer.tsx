import { BRAND } from '@/lib/brand'
import { ThemeToggle } from './theme-toggle'

export function Footer() {
  return (
    <footer className="mt-auto border-line border-t">
      <div className="mx-auto flex w-full max-w-[1120px] flex-wrap items-center justify-between gap-x-8 gap-y-3 px-5 py-5 text-ink-3 text-sm">
        <p>
          {BRAND.name}. {BRAND.tagline}
        </p>
        <div className="flex flex-wrap items-center gap-x-5">
          {LINKS.map(([label, href]) =>
            href ? (
              <a key={label} href={href} className="link inline-flex min-h-11 items-center">
                {label}
              </a>
            ) : null,
          )}
          <ThemeToggle />
        </div>
      </div>
    </footer>
  )
}

const LINKS = [
  ['Help', BRAND.supportEmail && `mailto:${BRAND.supportEmail}`],
  ['Terms', BRAND.legal.terms],
  ['Privacy', BRAND.legal.privacy],
] as const
