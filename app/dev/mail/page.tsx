import type { Metadata } from 'next'
import { Shell } from '@/app/components/shell'
import { requireDevTools } from '@/app/dev/require-dev-tools'
import { inTime } from '@/app/in-time'
import { formatMoment } from '@/lib/day'
import { listCapturedMail } from '@/lib/mail/captured'

export const metadata: Metadata = { title: 'Captured mail', robots: { index: false } }

export default inTime(CapturedMailPage)

/** The mails of this machine, newest first. Exists only beside a sandbox, never in production. */
async function CapturedMailPage() {
  await requireDevTools()
  const mails = await listCapturedMail()
  return (
    <Shell>
      <div className="py-12">
        <h1 className="display text-3xl">Captured mail</h1>
        <p className="mt-1 mb-6 text-ink-3">
          Mail is kept here in development; none of it leaves this machine.
        </p>
        {mails.length === 0 ? (
          <p className="card p-6 text-ink-2">
            No mail yet. Ask for a sign-in link, and it appears here.
          </p>
        ) : (
          <ul className="grid gap-4">
            {mails.map((mail) => (
              <li key={mail.id} className="min-w-0">
                <article className="card p-[min(1.5rem,6vw)]">
                  <h2 className="font-semibold">{mail.subject}</h2>
                  <p className="text-ink-3 text-sm">
                    To {mail.to},{' '}
                    <time dateTime={mail.at.toISOString()}>{formatMoment(mail.at)}</time>
                  </p>
                  {mail.html ? (
                    // Without scripts, forms or a way to the page around it, as a mail program shows it.
                    <iframe
                      title={`As HTML: ${mail.subject}`}
                      srcDoc={mail.html}
                      sandbox=""
                      loading="lazy"
                      className="mt-4 h-[34rem] w-full rounded-md border border-line"
                    />
                  ) : null}
                  <pre className="mt-4 whitespace-pre-wrap wrap-anywhere border-line border-t pt-4 font-sans text-[0.9375rem] text-ink-2">
                    {mail.text}
                  </pre>
                  {mail.link ? (
                    <a href={mail.link} className="button button-primary mt-4">
                      Open the link
                    </a>
                  ) : null}
                </article>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Shell>
  )
}
