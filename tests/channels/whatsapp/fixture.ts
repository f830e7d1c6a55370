// WhatsApp for the contract suite.
import { twilioFixture } from '../twilio.ts'

export const whatsappFixture = twilioFixture('whatsapp')
