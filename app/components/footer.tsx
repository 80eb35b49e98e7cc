import { ThemeToggle } from './theme-toggle'

export function Footer() {
  return (
    <footer className="mt-auto border-line border-t">
      <div className="mx-auto flex w-full max-w-[1120px] flex-wrap items-center justify-between gap-x-8 gap-y-3 px-5 py-5 text-ink-3 text-sm">
        <p>Ledgerline. Stripe subscriptions that stay true.</p>
        <ThemeToggle />
      </div>
    </footer>
  )
}
