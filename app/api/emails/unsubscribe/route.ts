import { NextResponse } from 'next/server'
import { apiRoute } from '@/app/api/api-route'
import { notAllowed } from '@/app/api/not-allowed'
import { userActor } from '@/lib/audit/actor'
import { PATIENCE } from '@/lib/deadline'
import { env } from '@/lib/env'
import { chooseEmails } from '@/lib/mail/choose-emails'
import { readUnsubscribe } from '@/lib/mail/unsubscribe-link'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

/**
 * Turns a kind of email off for whom its link was made (RFC 8058: a mail program posts here by itself, without a
 * cookie and without following a redirect). It proves itself, so it needs no session and no origin.
 */
export const POST = apiRoute(PATIENCE.person, async (request: Request) => {
  const { searchParams } = new URL(request.url)
  const whose = readUnsubscribe(searchParams.get('token') ?? '')
  if (!whose) return Response.json({ error: 'invalid_token' }, { status: 400 })
  const { userId, kind } = whose
  await chooseEmails(userActor(userId, personalWorkspaceOf(userId)), kind, false)
  // A person came by our own page, and goes on to it.
  if (searchParams.has('page')) return NextResponse.redirect(pageOf(searchParams, '&done=1'), 303)
  return Response.json({ status: 'unsubscribed' })
})

/** A person, or a program that looks at links in advance: it changes nothing and leads to a page with a button. */
export const GET = apiRoute(PATIENCE.person, async (request: Request) => {
  return NextResponse.redirect(pageOf(new URL(request.url).searchParams), 303)
})

function pageOf(query: URLSearchParams, more = ''): URL {
  const token = encodeURIComponent(query.get('token') ?? '')
  return new URL(`/emails/unsubscribe?token=${token}${more}`, env().appUrl)
}

const none = notAllowed('GET, HEAD, OPTIONS, POST')

export { none as DELETE, none as PATCH, none as PUT }
