// A provider's event that is no message: read from the files once a worker gets to it, and given to its channel.
import type { Core } from '../core.ts'
import { readWhole } from '../files/read-whole.ts'
import type { Alarm } from '../journal/index.ts'

/** @throws whatever the channel throws: the due document is tried again. */
export async function processEvent(core: Core, { channel: name, event, file }: Extract<Alarm, { kind: 'provider_event' }>): Promise<void> {
  const channel = core.channels.get(name)
  if (channel?.process === undefined) throw new Error(`the channel ${name} is off or takes no events`)
  const body = await readWhole(core.files, file)
  if (body === undefined) throw new Error('the stored event is gone')
  await channel.process({ id: event, body }, core.door)
}
