import { StreamingFallback } from '@/app/components/streaming-fallback'

const CARDS = ['one', 'two', 'three']

export function PlansSkeleton() {
  return (
    <StreamingFallback label="Reading your plan…" here="/settings/billing/plans">
      <div className="shimmer h-[3.375rem] w-60" />
      <div className="mt-6 grid gap-5 lg:grid-cols-3">
        {CARDS.map((card) => (
          <div key={card} className="card p-6">
            <div className="shimmer h-8 w-24" />
            <div className="shimmer mt-4 h-4 w-full" />
            <div className="shimmer mt-10 h-10 w-32" />
            <div className="shimmer mt-16 h-40 w-full" />
            <div className="shimmer mt-6 h-11 w-full" />
          </div>
        ))}
      </div>
    </StreamingFallback>
  )
}
