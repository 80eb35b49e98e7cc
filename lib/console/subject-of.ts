import { findWorkspaceFile } from '@/db/queries/console-customer'
import { findCustomerId } from '@/db/queries/customers'
import { NotFound } from '@/lib/errors'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/** What every form about a customer carries: whom it is about, how long its chain was, and why. */
export type About = { workspaceId: WorkspaceId; seen: number; reason: string }

/** The chain in which an operator's acts about a workspace stand: its customer's, where it has one. */
export async function scopeOfWorkspace(workspaceId: WorkspaceId): Promise<string> {
  return (await findCustomerId(workspaceId)) ?? `workspace:${workspaceId}`
}

/** What an email to a customer is filed under: each customer that the workspace had, and the workspace itself. */
export async function requireTargets(workspaceId: WorkspaceId): Promise<string[]> {
  const file = await findWorkspaceFile(workspaceId)
  if (!file) throw new NotFound('console_gone')
  return [...file.customers.map(({ id }) => id), `workspace:${workspaceId}`]
}

/** @throws {NotFound} it has none at Stripe */
export async function requireCustomer(workspaceId: WorkspaceId): Promise<CustomerId> {
  const id = await findCustomerId(workspaceId)
  if (!id) throw new NotFound('console_gone')
  return id
}
