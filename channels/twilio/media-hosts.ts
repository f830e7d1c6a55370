// Which hosts media may come from, and which may hear our password. Media URLs come with messages: whoever could choose their host would get it.

/** Twilio's own, regional ones included: `api.dublin.ie1.twilio.com`, `mcs.us1.twilio.com`. */
const twilioHost = /^(?:api|mcs|media)(?:\.[a-z0-9-]+)*\.twilio\.com$/
const apiHost = /^api(?:\.[a-z0-9-]+)*\.twilio\.com$/
/** Where the API redirects to: its delivery network, or the bucket behind it while HTTP authentication for media is off. */
const deliveryHost = /^(?:media|mms)\.twiliocdn\.com$/
const bucket = { host: 's3-external-1.amazonaws.com', path: '/media.twiliocdn.com/' }

export type Trust = 'stranger' | 'media' | 'api'

/** `api` gets our credentials, `media` is fetched from without them, a `stranger` is not asked. `apiUrl` is what the settings name instead of Twilio's. */
export function trustOf(url: URL, apiUrl: string | undefined): Trust {
  if (url.username !== '' || url.password !== '') return 'stranger'
  if (apiUrl !== undefined && url.origin === new URL(apiUrl).origin) return 'api'
  if (url.protocol !== 'https:' || url.port !== '') return 'stranger'
  if (apiHost.test(url.hostname)) return 'api'
  if (twilioHost.test(url.hostname) || deliveryHost.test(url.hostname)) return 'media'
  return url.hostname === bucket.host && url.pathname.startsWith(bucket.path) ? 'media' : 'stranger'
}
