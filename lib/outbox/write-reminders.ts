import { insertTrialReminders, insertYearlyReminders } from '@/db/queries/reminders'
import { REMINDER_POLICY, type ReminderPolicy } from '@/lib/catalog/reminder-policy'
import { YEAR_OR_LONGER } from '@/lib/interval-words'

const DAY_MS = 86_400_000

/**
 * Puts the emails about what is near into the outbox: trials that end, and years that renew. Each once, however
 * often it runs; what they say, and whether it still is so, is decided when they go out.
 * @param now business time
 * @param spent whether the time is up
 * @returns how many are new
 */
export async function writeReminders(
  now: Date,
  spent: () => boolean,
  { trialDays, yearlyDays }: ReminderPolicy = REMINDER_POLICY,
): Promise<number> {
  const days = (count: number) => new Date(now.getTime() + count * DAY_MS)
  const batches = [
    // The last three days have an event of Stripe's. A trial that begins is not news of its end.
    () => insertTrialReminders({ from: days(3), to: days(trialDays) }, trialDays + 1),
    () => insertYearlyReminders({ from: now, to: days(yearlyDays) }, YEAR_OR_LONGER),
  ]
  let written = 0
  for (const batch of batches) {
    for (let more = 1; more > 0 && !spent(); written += more) more = await batch()
  }
  return written
}
