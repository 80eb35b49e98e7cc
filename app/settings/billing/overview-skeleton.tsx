import { StreamingFallback } from '@/app/components/streaming-fallback'

/** The size of what is coming, so that nothing jumps when it is there. */
export function OverviewSkeleton() {
  return (
    <StreamingFallback label="Reading your billing…" here="/settings/billing">
      <div className="card p-[min(1.5rem,6vw)]">
        <div className="flex items-center justify-between">
          <div className="shimmer h-8 w-24" />
          <div className="shimmer h-7 w-20" />
        </div>
        <div className="mt-4 grid gap-4 border-line border-t pt-5">
          <div className="shimmer h-4 w-full" />
          <div className="shimmer h-4 w-full" />
          <div className="shimmer h-4 w-full" />
        </div>
        <div className="mt-7 flex flex-wrap gap-3">
          <div className="shimmer h-11 w-36" />
          <div className="shimmer h-11 w-32" />
        </div>
      </div>
      <div className="card mt-4 p-6">
        <div className="shimmer h-5 w-40" />
        <div className="shimmer mt-5 h-2.5 w-full" />
        <div className="shimmer mt-4 h-4 w-48" />
      </div>
    </StreamingFallback>
  )
}
