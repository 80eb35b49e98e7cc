import { Day } from '@/app/components/day'
import { SubmitButton } from '@/app/components/submit-button'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { type Fill, typedInto } from '@/app/console/fill'
import { FoldedAct } from '@/app/console/folded-act'
import { Heading } from '@/app/console/heading'
import { Outcome } from '@/app/console/outcome'
import { ReasonField } from '@/app/console/reason-field'
import { Cell, RowHead, Table } from '@/app/console/table'
import { readOperators } from '@/lib/console/operator-role'
import type { ListedOperator } from '@/lib/operators/list'
import { appoint, revoke } from './actions'

export const generateMetadata = consoleMetadata('Operators')

export default consolePage('operators', async ({ query, fill }) => {
  const { operators, seen } = await readOperators()
  return (
    <>
      <Heading title="Operators">
        Who may open this console. An address in ADMIN_EMAILS gets the role at its first sign-in.
      </Heading>
      <Outcome query={query} page="/console/operators" />
      <Table narrow label="Operators" head={['Who', 'Since', 'By', 'Role']}>
        {operators.map((each) => (
          <tr key={each.userId}>
            <RowHead>{each.email}</RowHead>
            <Cell>
              <Day of={each.appointedAt} />
            </Cell>
            <Cell>{each.appointer ?? 'ADMIN_EMAILS'}</Cell>
            <Cell>
              <Role of={each} seen={seen} fill={fill} />
            </Cell>
          </tr>
        ))}
      </Table>
      <section aria-labelledby="appoint" className="card mt-6 max-w-xl p-5">
        <h2 id="appoint" className="mb-3 font-semibold text-base">
          Appoint an operator
        </h2>
        <form action={appoint} className="grid gap-3">
          <input type="hidden" name="seen" value={seen} />
          <div>
            <label htmlFor="email" className="mb-1 block font-medium">
              Email of someone who has signed in here
            </label>
            <input
              id="email"
              name="email"
              type="email"
              required
              maxLength={254}
              autoComplete="off"
              defaultValue={typedInto(APPOINT, fill).email}
              className="field min-h-10! py-1! text-sm!"
            />
          </div>
          <ReasonField id={APPOINT} fill={fill} />
          <SubmitButton busy="Appointing…" className="justify-self-start">
            Appoint
          </SubmitButton>
        </form>
      </section>
    </>
  )
})

const APPOINT = 'appoint-reason'

type RoleProps = { of: ListedOperator; seen: number; fill: Fill }

function Role({ of: { userId, email, revokedAt }, seen, fill }: RoleProps) {
  if (revokedAt) {
    return (
      <>
        Taken back <Day of={revokedAt} />
      </>
    )
  }
  return (
    <FoldedAct
      id={`reason-${userId}`}
      fill={fill}
      seen={seen}
      run={revoke}
      summary={
        <>
          Take back…<span className="sr-only"> from {email}</span>
        </>
      }
      button="Take the role back"
      busy="Taking back…"
    >
      <input type="hidden" name="user" value={userId} />
    </FoldedAct>
  )
}
