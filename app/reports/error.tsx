'use client'

import { Failure } from '@/app/components/failure'

export default function ReportsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} title="We could not read your reports." />
}
