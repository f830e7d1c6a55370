// Addresses as Twilio writes them: `+4915…` for texts, `whatsapp:+4915…` for WhatsApp.

export type TwilioChannel = 'sms' | 'whatsapp'

const prefix = 'whatsapp:'

export function readAddress(text: string): { channel: TwilioChannel; address: string } {
  const plain = text.trim()
  return plain.toLowerCase().startsWith(prefix) ? { channel: 'whatsapp', address: plain.slice(prefix.length) } : { channel: 'sms', address: plain }
}

export function writeAddress(channel: TwilioChannel, address: string): string {
  return channel === 'whatsapp' ? `${prefix}${address}` : address
}
