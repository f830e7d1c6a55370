// What a refusal of Slack means for the next try: by its code, never by its words.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { SendError } from '../../src/errors.ts'

/** About Slack's state, or about our token and its rights: somebody can mend that, and the customers' messages shall not be lost until then. */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_expired',
  'token_revoked',
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'org_login_required',
  'two_factor_setup_required',
  'access_denied',
  'accesslimited',
])

/** Everything else Slack says is about this message or this place (`channel_not_found`, `is_archived`, `not_in_channel` …) and stays so. */
export function sendErrorOf(cause: unknown): SendError {
  if (cause instanceof SendError) return cause
  if (cause instanceof WebAPIRateLimitedError) return new SendError('later', 'Slack asks to slow down', { cause, retryAfterMs: cause.retryAfter * 1000 })
  if (cause instanceof WebAPIPlatformError) {
    const { error, response_metadata } = cause.data
    const seconds = response_metadata?.retryAfter
    return new SendError(passing.has(error) ? 'later' : 'never', `Slack answered ${error}`, {
      cause,
      ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }),
    })
  }
  if (cause instanceof WebAPIHTTPError) return new SendError('later', `Slack answered with status ${cause.statusCode}`, { cause })
  return new SendError('later', cause instanceof WebAPIRequestError ? 'Slack did not answer' : 'Slack did not take it', { cause })
}
