import { StreamingFallback } from '@/app/components/streaming-fallback'
import { PlanGrid } from '@/app/pricing/plan-grid'
import { TIERS } from '@/lib/catalog/plans'

export function PlansSkeleton() {
  return (
    <StreamingFallback label="Reading your plan…" here="/settings/billing/plans">
      <div className="shimmer h-[3.375rem] w-60" />
      <div className="mt-6">
        <PlanGrid count={TIERS.length}>
          {TIERS.map((tier) => (
            <div key={tier} className="card p-[min(1.5rem,6vw)]">
              <div className="shimmer h-8 w-24" />
              <div className="shimmer mt-4 h-4 w-full" />
              <div className="shimmer mt-10 h-10 w-32" />
              <div className="shimmer mt-16 h-40 w-full" />
              <div className="shimmer mt-6 h-11 w-full" />
            </div>
          ))}
        </PlanGrid>
      </div>
    </StreamingFallback>
  )
}
