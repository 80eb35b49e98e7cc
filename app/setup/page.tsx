import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { Wordmark } from '@/app/components/wordmark'
import { inTime } from '@/app/in-time'
import { PATIENCE, within } from '@/lib/deadline'
import { readSetup } from '@/lib/setup/read-setup'
import { Steps } from './steps'

/** For the title, too, it is a page that is not there once there is nothing to do. */
export async function generateMetadata(): Promise<Metadata> {
  const setup = await within(PATIENCE.person, readSetup).catch(() => null)
  return { title: setup ? 'Set up' : 'Page not found', robots: { index: false } }
}

export default inTime(SetupPage)

/** What is missing in a fresh deployment. It is there for everyone, and for no one once there is an operator. */
async function SetupPage() {
  await connection()
  const setup = await readSetup()
  if (!setup) notFound()
  return (
    <>
      <header className="border-line border-b">
        <div className="mx-auto w-full max-w-[720px] px-5 py-2.5">
          <Wordmark compact />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[720px] px-5 py-10 outline-none"
      >
        <Steps setup={setup} />
      </main>
    </>
  )
}
