// What `mendline check` says of Microsoft: that it works, or what to do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBotFrameworkChannel } from '../../../channels/botframework/index.ts'
import type { MicrosoftAccount } from '../../../channels/botframework/account.ts'
import { systemClock } from '../../../src/clock.ts'
import { startMicrosoft, type Microsoft } from '../../emulators/microsoft.ts'

let microsoft: Microsoft
beforeAll(async () => void (microsoft = await startMicrosoft()))
afterAll(() => microsoft.close())

/** Tries the connection with settings that differ. */
async function tried(change: Partial<MicrosoftAccount> = {}): Promise<unknown> {
  const { appId, appPassword, openIdUrl, loginUrl } = microsoft
  const { connections } = createBotFrameworkChannel({ account: { appId, appPassword, openIdUrl, loginUrl, ...change }, clock: systemClock, network: fetch })
  return connections?.[0]?.try()
}

describe('the connection to Microsoft', () => {
  it('works where login and keys do', async () => {
    expect(await tried()).toContain('knows the app')
    expect(microsoft.sent).toEqual([])
  })

  it('names the password where the login refuses it', async () => {
    await expect(tried({ appPassword: 'wrong' })).rejects.toMatchObject({ problems: [expect.stringMatching(/^MICROSOFT_APP_ID: .*MICROSOFT_APP_PASSWORD/)] })
  })

  it('names both where nobody is reached', async () => {
    await expect(tried({ loginUrl: 'http://127.0.0.1:1/x', openIdUrl: 'http://127.0.0.1:1/keys' })).rejects.toMatchObject({
      problems: [expect.stringMatching(/^MICROSOFT_APP_ID: .*did not answer/), expect.stringMatching(/^MICROSOFT_OPENID_URL: /)],
    })
  })

  it('takes an address without keys for wrong', async () => {
    await expect(tried({ openIdUrl: `${microsoft.loginUrl}/oauth2/v2.0/token` })).rejects.toMatchObject({
      problems: [expect.stringMatching(/^MICROSOFT_OPENID_URL: /)],
    })
  })
})
