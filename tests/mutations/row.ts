import type { UserId } from '@/lib/ids'
import type { Reason } from '@/lib/refusals/sentences'

/** Who presses, signed in by the key of a session. */
export type Viewer = { userId: UserId; token: string }

/** A page with its form, as it stands in a browser. */
export type Scene = {
  who: Viewer
  /** What the form sends: what it holds by itself, and what was typed. */
  fields: Record<string, string>
  /** What there is of it at Stripe and in our records, without ids and instants: two that were done once are equal. */
  stands(): Promise<unknown>
}

/** One mutation that a customer can cause, and what has to become of it. */
export type Row = {
  /** Brings a new person to the page. */
  open(): Promise<Scene>
  /** The action of the form. What it gives back, or throws as Next does to lead elsewhere. */
  press(form: FormData): Promise<unknown>
  /** Where it leads once it is done; a word where it answers without leading anywhere. */
  done: RegExp
  /** What stands when it was done once, however often it was pressed. */
  after: object
  /** Where it leads when it is pressed again and was done before; where left out, as the first time. */
  again?: RegExp
  /** What the slower of two presses at once may be refused for: never that something went wrong. */
  meanwhile?: readonly Reason[]
  /**
   * Where someone is led who presses with what is this person's; where left out, nowhere that says
   * that it is there.
   */
  outsider?: RegExp
  /** Where someone who was signed out comes back to. */
  back: string
  /** The fields that a person typed: none is lost when the form is refused. */
  typed?: readonly string[]
  /** Stripe is asked nothing, so it cannot be in the way. */
  asksNothing?: true
  /** Stripe is only read: whatever reads it next does the same, and its absence has a test beside the verb. */
  onlyReads?: true
}

/** What a press is answered with. */
export type Answer = { to: string; reason: string | null; typed: string | undefined }
