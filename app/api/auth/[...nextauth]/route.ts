import type { NextRequest } from 'next/server'
import { networkKey } from '@/app/network-key'
import { handleAuthRequest } from '@/lib/auth/handle'

// Links from mails and returns from GitHub and Google are GETs; everything else about signing in
// goes through our own forms, which check the origin and the rate.
export function GET(request: NextRequest): Promise<Response> {
  return handleAuthRequest(request, networkKey(request.headers))
}
