import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/app/components/shell'
import { requireDevTools } from '@/app/dev/require-dev-tools'
import { Pricing } from '@/app/pricing/pricing'
import { SAMPLE_CATALOGS } from '@/lib/catalog/sample-catalogs'

export const metadata: Metadata = { title: 'Sample plans', robots: { index: false } }

/** The pricing page with a catalog of two, three, four or five plans; nothing of it can be bought. */
export default async function SamplePlansPage({ params }: { params: Promise<{ count: string }> }) {
  await requireDevTools()
  const { count } = await params
  const catalog = Object.entries(SAMPLE_CATALOGS).find(([plans]) => plans === count)?.[1]()
  if (!catalog) notFound()
  return (
    <Shell wide>
      <Pricing plans={catalog.ALL_PLANS} upgrade="/pricing" />
    </Shell>
  )
}
