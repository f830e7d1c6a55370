// Whether the MongoDB at MONGODB_URL can be used, tried without writing.
import type { Connection } from '../connection.ts'
import { StartError } from '../errors.ts'
import { connectMongo, pingMongo } from './mongodb-connection.ts'

export function mongoConnection(url: string): Connection {
  // Without user and password.
  const hosts = /^[a-z+]+:\/\/(?:[^/@]*@)?([^/?]+)/.exec(url)?.[1] ?? 'the server'
  return {
    setting: 'MONGODB_URL',
    async try() {
      try {
        const connection = await connectMongo(url, 'storage')
        try {
          await pingMongo(connection)
          const hello = await connection.database.command({ hello: 1 })
          const many = 'setName' in hello || hello['msg'] === 'isdbgrid'
          const works = `MongoDB at ${hosts}, database ${connection.database.databaseName}`
          return many ? works : { works, but: 'it is no replica set; one (of one member, even) would try writes again after a hiccup' }
        } finally {
          await connection.client.close()
        }
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined
        throw new StartError([
          `MONGODB_URL: no usable answer from ${hosts} (${cause instanceof Error ? cause.message : String(error)}): start MongoDB there, or correct MONGODB_URL`,
        ])
      }
    },
    async time() {
      const connection = await connectMongo(url, 'storage')
      try {
        const { localTime } = await connection.database.command({ hello: 1 })
        if (!(localTime instanceof Date)) throw new Error('it tells no time')
        return localTime.getTime()
      } finally {
        await connection.client.close()
      }
    },
  }
}
