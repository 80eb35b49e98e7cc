import { type Check, fail, ok, skip, warn } from '@/lib/doctor/check'
import { failureText } from '@/lib/log'
import { tryServer } from '@/lib/mail/try-server'

/** A real conversation with the mail server, up to where a message would follow. */
export const mail: Check = {
  id: 'mail',
  title: 'Mail server',
  group: 'Application',
  needs: 'places',
  async look({ env: { email, devTools } }) {
    if (!email.server)
      return devTools
        ? skip('mail is captured at /dev/mail')
        : warn(
            'none: no sign-in by mail, and customers are written nothing',
            'Set EMAIL_SERVER and EMAIL_FROM.',
          )
    const { host } = new URL(email.server)
    try {
      const end = await tryServer(email.server, email.from)
      if (end.kind === 'taken') return ok(`${host} would take a message`)
      return fail(
        `${host} refuses ${end.step}: ${end.words}`,
        end.step === 'the sender'
          ? 'Let your provider know the domain of EMAIL_FROM, or send from another.'
          : 'Correct user and password in EMAIL_SERVER; what stands in a URL is percent-encoded.',
      )
    } catch (error) {
      return fail(
        `no conversation with ${host}: ${failureText(error)}`,
        'Correct host and port in EMAIL_SERVER: smtps:// speaks TLS from the first byte, mostly on port 465.',
      )
    }
  },
}
