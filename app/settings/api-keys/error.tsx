'use client'

import { Failure } from '@/app/components/failure'

export default function ApiKeysError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} title="We could not read your API keys." />
}
