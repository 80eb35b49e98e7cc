import { readBetterAuth } from '@/db/former/better-auth'
import { readFormer } from '@/db/former/read'
import { readSaasStarter } from '@/db/former/saas-starter'
import type { Former } from './former'
import { fromBetterAuth } from './from-better-auth'
import { fromSaasStarter } from './from-saas-starter'

const FROM = {
  'saas-starter': (url: string) => readFormer(url, readSaasStarter).then(fromSaasStarter),
  'better-auth': (url: string) => readFormer(url, readBetterAuth).then(fromBetterAuth),
}

export const FORMER_APPLICATIONS = ['saas-starter', 'better-auth'] as const

export type FormerApplication = (typeof FORMER_APPLICATIONS)[number]

/** Whose customers they are by the database of the application before, which is only read. */
export function readFormerApplication(from: FormerApplication, url: string): Promise<Former> {
  return FROM[from](url)
}
