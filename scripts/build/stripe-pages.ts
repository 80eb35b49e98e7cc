import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STRIPE_PAGES } from '@/lib/requests/stripe-pages'
import { pageChunks } from './page-bytes'

/**
 * What of a finished build has Stripe.js where it must not be: on a page that is none of those that need it, or
 * in a file that is asked for later, by whichever page. Also a page that should have it, and does not.
 */
export function strayStripe(distDir: string): string[] {
  const loaders = new Set(loadersIn(distDir))
  const pages = pagesOf(distDir).map((page) => {
    const chunks = [...pageChunks(distDir, page)].filter((chunk) => loaders.has(chunk))
    return { page, chunks, allowed: Object.hasOwn(STRIPE_PAGES, page) }
  })
  const known = new Set(pages.filter(({ allowed }) => allowed).flatMap(({ chunks }) => chunks))
  return [
    ...pages
      .filter(({ chunks, allowed }) => chunks.length > 0 && !allowed)
      .map(({ page }) => `${page} loads Stripe.js, and is none of the pages that need it.`),
    ...pages
      .filter(({ chunks, allowed }) => chunks.length === 0 && allowed)
      .map(({ page }) => `${page} needs Stripe.js, and nothing of its scripts loads it.`),
    ...[...loaders]
      .filter((chunk) => !known.has(chunk))
      .map((chunk) => `${chunk} loads Stripe.js, and is of no page that needs it.`),
  ]
}

// What `@stripe/stripe-js` has in it, and nothing else of ours that runs in a browser.
const HOST = 'https://js.stripe.com'

/** The files of a finished build that load Stripe.js, as paths in it. */
export function loadersIn(distDir: string): string[] {
  const paths = readdirSync(join(distDir, 'static'), { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => path.endsWith('.js'))
    .map((path) => join('static', path))
    .filter((path) => readFileSync(join(distDir, path), 'utf8').includes(HOST))
}

function pagesOf(distDir: string): string[] {
  const text = readFileSync(join(distDir, 'app-path-routes-manifest.json'), 'utf8')
  const routes: Record<string, string> = JSON.parse(text)
  return Object.entries(routes).flatMap(([file, path]) =>
    file.endsWith('/page') && !path.startsWith('/_') ? [path] : [],
  )
}
