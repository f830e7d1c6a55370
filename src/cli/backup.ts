// `mendline backup <folder>`: copies an embedded desk's data, whether or not the desk runs.
import { StartError } from '../errors.ts'

export interface BackupParts {
  args: readonly string[]
  /** @throws StartError */
  read(): { mongodbUrl: string | undefined; dataDir: string }
  backUp(dataDir: string, target: string): void
  print(line: string): void
}

/** Answers the exit code: 0 when the copy is whole, 1 when there is none, 2 for a command that makes no sense. */
export function backup({ args, read, backUp, print }: BackupParts): 0 | 1 | 2 {
  const [target, ...rest] = args
  if (target === undefined || rest.length > 0) {
    print('Usage: npx mendline backup <new folder>')
    return 2
  }
  try {
    const { mongodbUrl, dataDir } = read()
    if (mongodbUrl !== undefined)
      throw new StartError(['MONGODB_URL is set: documents and files are in MongoDB; back them up with mongodump (docs/operate.md)'])
    backUp(dataDir, target)
    print(`Everything of ${dataDir} is in ${target}. Keep mendline.yaml and the environment with it; docs/operate.md tells how to restore.`)
    return 0
  } catch (error) {
    print(error instanceof StartError ? error.message : `The copy is not whole, try again with a new folder: ${String(error)}`)
    return 1
  }
}
