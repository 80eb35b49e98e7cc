import { NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { nextAuth } from './next-auth'

/** Answers `/api/auth/*`, as if asked at APP_URL: a forged Host changes no link and no cookie. */
export function handleAuthRequest(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl
  return nextAuth.handlers.GET(new NextRequest(new URL(pathname + search, env().appUrl), request))
}
