/** A color for light pages and its counterpart for dark ones. */
export type LightDark = { light: string; dark: string }

/**
 * What makes this application your own; docs/how-to/make-it-yours.md says what else there is, and
 * what must not change once customers pay. Plans and prices are in lib/catalog/plans.ts.
 */
export const BRAND: Brand = {
  name: 'Ledgerline',
  tagline: 'Stripe subscriptions that stay true.',
  // Where no EMAIL_FROM is set, which is on your own machine alone.
  sender: 'Ledgerline <billing@ledgerline.test>',
  supportEmail: 'support@ledgerline.test',
  legal: { terms: null, privacy: null },
  // Text is written in `accent` on `paper`, and in `onAccent` on `accent`: a test holds both to 4.5:1.
  colors: {
    paper: { light: '#fbfaf7', dark: '#11100e' },
    accent: { light: '#155a45', dark: '#5fc8a6' },
    onAccent: { light: '#f9fdfb', dark: '#061a14' },
  },
  // The lines of the mark, drawn on a square of 20 by 20.
  mark: 'M6 5v10M9 7.2h6M9 10.6h6M9 14h3.4',
  // Both are for ever: what is at Stripe under another name is another application's.
  stripe: { app: 'ledgerline', lookupPrefix: 'ledgerline' },
}

type Brand = {
  name: string
  /** One sentence, under every page and for search engines. */
  tagline: string
  sender: string
  /** Where customers write to; null shows no address. */
  supportEmail: string | null
  /** `https://` addresses, under every page and in Stripe's portal; null leaves one out. */
  legal: { terms: string | null; privacy: string | null }
  colors: { paper: LightDark; accent: LightDark; onAccent: LightDark }
  mark: string
  stripe: {
    /** `metadata.app` of everything that is made at Stripe. */
    app: string
    /** What every lookup key begins with. */
    lookupPrefix: string
  }
}
