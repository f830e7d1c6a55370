// Does Twilio know our account? For `mendline check`.
import type { Connection } from '../../src/connection.ts'
import { StartError } from '../../src/errors.ts'
import type { TwilioOptions } from './account.ts'
import type { Client } from './client.ts'
import { sendErrorOf } from './error-meaning.ts'

export function twilioConnection(client: Client, { accountSid }: Pick<TwilioOptions, 'accountSid'>): Connection {
  return {
    setting: 'TWILIO_ACCOUNT_SID',
    async try() {
      const { status } = await client.api.v2010
        .accounts(accountSid)
        .fetch()
        .catch((error: unknown) => {
          throw new StartError([`TWILIO_ACCOUNT_SID: ${sendErrorOf(error).reason}`])
        })
      if (status !== 'active') throw new StartError([`TWILIO_ACCOUNT_SID: the account is ${status}: see the Twilio console`])
      return 'Twilio knows the account and its token'
    },
  }
}
