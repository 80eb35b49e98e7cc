import { Nothing, Section } from '@/app/console/section'
import { Cell, RowHead, Table } from '@/app/console/table'
import { tierName } from '@/app/console/tier-name'
import { When } from '@/app/console/when'
import type { CustomerFile } from '@/lib/console/customer'

/** What they tried to buy, and what became of it. */
export function Checkouts({ file }: { file: CustomerFile }) {
  return (
    <Section id="checkouts" title="Checkout attempts">
      {file.intents.length === 0 ? (
        <Nothing>They never opened a checkout.</Nothing>
      ) : (
        <Table narrow label="Checkout attempts" head={['Begun', 'For', 'State', 'Session']}>
          {file.intents.map(({ id, createdAt, tier, interval, state, sessionId }) => (
            <tr key={id}>
              <RowHead>
                <When at={createdAt} />
              </RowHead>
              <Cell>
                {tierName(tier)}, by the {interval}
              </Cell>
              <Cell>{state}</Cell>
              <Cell>
                <code className="font-mono text-xs">
                  {sessionId ? `${sessionId.slice(0, 20)}…` : 'none'}
                </code>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}
