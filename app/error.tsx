'use client'

import { Failure } from '@/app/components/failure'

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} title="This page did not load." />
}
