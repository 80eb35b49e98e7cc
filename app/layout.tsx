import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Footer } from '@/app/components/footer'
import { BRAND } from '@/lib/brand'
import { BRAND_COLORS } from './brand-colors'
import { geistMono, instrumentSans, newsreader } from './fonts'
import { THEME_SCRIPT } from './theme-script'
import './globals.css'

export const metadata: Metadata = {
  title: { default: BRAND.name, template: `%s · ${BRAND.name}` },
  description: BRAND.tagline,
  applicationName: BRAND.name,
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: BRAND.colors.paper.light },
    { media: '(prefers-color-scheme: dark)', color: BRAND.colors.paper.dark },
  ],
}

/** Reads no cookie and no header: one read here would make every page dynamic. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script sets data-theme before React arrives.
    <html
      lang="en"
      className={`${instrumentSans.variable} ${newsreader.variable} ${geistMono.variable} font-sans`}
      style={BRAND_COLORS}
      suppressHydrationWarning
    >
      <head>
        <script>{THEME_SCRIPT}</script>
      </head>
      <body>
        <a
          href="#main"
          className="button button-primary not-focus:sr-only focus:absolute focus:top-3 focus:left-3 focus:z-10"
        >
          Skip to content
        </a>
        {children}
        <Footer />
      </body>
    </html>
  )
}
