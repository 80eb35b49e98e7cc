import { priceText } from '@/app/components/price-text'
import { BRAND } from '@/lib/brand'
import { FEATURES } from '@/lib/catalog/features'
import { ALL_PLANS, type Plan } from '@/lib/catalog/plans'

/** The same for everyone: made once, when the application is built. */
export const dynamic = 'force-static'

/** What this product is and what it costs, for a program that reads it for a person (llmstxt.org). */
export function GET(): Response {
  const text = `# ${BRAND.name}

> ${BRAND.tagline}

## Plans

${ALL_PLANS.map(planText).join('\n')}

## Pages

- [Pricing](/pricing): the plans side by side, and what people ask before they pay.
- [Sign in](/sign-in)
- [Billing](/settings/billing): what someone has, and how to change or cancel it; for them alone.

## API

- [GET /api/billing/status](/api/billing/status): plan, status, features and usage of the caller, by an API key as a bearer token.
`
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

function planText({ name, summary, prices, monthlyUses, features }: Plan): string {
  const price = prices
    ? `${priceText(prices.month, 'month')}, or ${priceText(prices.year, 'year')}`
    : 'free of charge'
  const names = features.map((feature) => FEATURES[feature].name)
  const includes = [`${monthlyUses.toLocaleString('en-US')} uses a month`, ...names].join(', ')
  return `- ${name}: ${price}. ${summary} ${includes}.`
}
