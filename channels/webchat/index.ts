// The web chat channel's one way in.
export { createWebchatChannel, type WebchatSettings } from './webchat.ts'
