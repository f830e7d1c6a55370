// The settings of a desk that is only played: every channel is on, with accounts that do not exist, since nothing is sent anywhere.
import { readSettings, type Settings } from '../../settings.ts'

export interface PlaySettings {
  dataDir: string
  /** A `mendline.yaml`; left out, the one that a start here would read. */
  settingsFile?: string | undefined
  /** Where a model is set up (`UNDERSTANDING_…`) it reads along. Left out: the rules alone, which read the same each time. */
  env?: Readonly<Record<string, string | undefined>>
}

/** @throws StartError naming what is wrong in `mendline.yaml`, with its line. */
export function playSettings({ dataDir, settingsFile, env = {} }: PlaySettings): Settings {
  const model = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('UNDERSTANDING_')))
  const settings = readSettings({
    ...model,
    DATA_DIR: dataDir,
    SETTINGS_FILE: settingsFile,
    SMTP_LISTEN_PORT: 'off',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'played',
    TWILIO_FROM: '+15005550006',
    TWILIO_WHATSAPP_FROM: '+15005550006',
    SLACK_BOT_TOKEN: 'xoxb-played',
    SLACK_SIGNING_SECRET: 'played-secret',
    MICROSOFT_APP_ID: 'played',
    MICROSOFT_APP_PASSWORD: 'played',
  })
  return { ...settings, port: undefined }
}
