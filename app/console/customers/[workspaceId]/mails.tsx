import type { Fill } from '@/app/console/fill'
import { FoldedAct } from '@/app/console/folded-act'
import { Nothing, Section } from '@/app/console/section'
import { StatusMark } from '@/app/console/status-mark'
import { When } from '@/app/console/when'
import type { CustomerFile } from '@/lib/console/customer'
import { resend } from './actions'

/** What was written to them about their plan, as it went, without its link. */
export function Mails({ file, fill }: { file: CustomerFile; fill: Fill }) {
  return (
    <Section id="mails" title="Emails">
      {file.mails.length === 0 ? <Nothing>Nothing was written to them.</Nothing> : null}
      <ul className="card divide-y divide-line empty:hidden">
        {file.mails.map(({ key, mail, createdAt, deliveredAt, lastError }) => (
          <li key={key}>
            <details open={fill.typed.form === `resend-${key}`}>
              <summary className="flex flex-wrap items-center gap-x-3 px-3 py-2 hover:bg-subtle">
                <When at={createdAt} />
                <span className="min-w-0 flex-1 basis-48 font-medium">
                  {mail.subject || 'Emptied'}
                </span>
                <StatusMark status={deliveredAt ? 'sent' : lastError ? 'failing' : 'waiting'} />
              </summary>
              <div className="px-3 pb-3">
                <p className="text-ink-3 text-xs">To {mail.to || 'an address that is not kept'}</p>
                {lastError ? (
                  <p className="wrap-anywhere text-danger text-xs">{lastError}</p>
                ) : null}
                <pre className="wrap-anywhere mt-2 whitespace-pre-wrap rounded-md bg-subtle p-3 font-sans">
                  {mail.link ? mail.text.replaceAll(mail.link, '(link)') : mail.text}
                </pre>
                <ResendForm file={file} fill={fill} mailKey={key} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type ResendProps = { file: CustomerFile; fill: Fill; mailKey: string }

function ResendForm({ file, fill, mailKey }: ResendProps) {
  return (
    <FoldedAct
      id={`resend-${mailKey}`}
      fill={fill}
      seen={file.seen}
      run={resend}
      summary="Send again…"
      button="Send again"
      busy="Sending…"
    >
      <p className="text-ink-2">
        It is written anew, from what is true now, and goes to the addresses that get it now.
      </p>
      <input type="hidden" name="workspace" value={file.workspace.id} />
      <input type="hidden" name="mail" value={mailKey} />
    </FoldedAct>
  )
}
