import { type Check, ok, skip, warn } from '@/lib/doctor/check'
import { isDeployed } from '@/lib/env-given'

/** Whether someone may open the console. The first is a person who proves an address of ADMIN_EMAILS. */
export const firstOperator: Check = {
  id: 'first_operator',
  title: 'First operator',
  group: 'Application',
  after: 'migrations',
  needs: 'places',
  async look({ env, firstOperator }) {
    if (!isDeployed(env.appEnv)) return skip('this place needs no operator')
    return (await firstOperator()) === 'there'
      ? ok('has signed in')
      : warn(
          'no one may open the console',
          env.adminEmails.length > 0
            ? 'Sign in with an address of ADMIN_EMAILS.'
            : 'Set ADMIN_EMAILS to your address, and sign in with it.',
        )
  },
}
