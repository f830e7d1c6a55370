// Repair forms half-way: at the question for the address, and at the summary.
import { Talk } from '../support/talk.ts'

/** A form at the question for the address. */
export async function atAddress(): Promise<Talk> {
  const talk = new Talk()
  await talk.say('My T5 beeps, SN KP-20391')
  return talk
}

/** A form at its summary. */
export async function atSummary(): Promise<Talk> {
  const talk = new Talk()
  await talk.say("My T5 beeps, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
  return talk
}
