import type { Page } from '@playwright/test'
import type postgres from 'postgres'
import { type MailFor, newAddress, signInByMail } from './people'

/** Signs someone new in who is an operator, and answers their address. */
export async function signInAsOperator(
  page: Page,
  sql: postgres.Sql,
  mailFor: MailFor,
): Promise<string> {
  const email = newAddress()
  await page.goto('/sign-in?return=/settings/billing')
  await signInByMail(page, email, mailFor)
  await page.waitForURL('**/settings/billing')
  await sql`insert into operators (user_id) select id from users where email = ${email}`
  return email
}
