// Property tests draw the same inputs in every run of the suite, so that a red test is red for a reason; `SEED=random npm test` looks further.
import fc from 'fast-check'

const wanted = process.env['SEED'] ?? '20261123'
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) })
