// The Message-ID of what we send follows from the message's own id, so that sending again cannot make a second mail.

/** `<id>@<domain>` without angle brackets, as `providerId` holds it (RFC 5322, 3.6.4). */
export function messageIdFor(messageId: string, domain: string): string {
  return `${messageId}@${domain}`
}
