// Bundles the browser code into dist/web: each part an environment of its own, built one after another.
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname

/** Copies the finished pages and styles of a folder as they are. */
function pages(folder: string): Plugin {
  return {
    name: `pages-${folder}`,
    // Once, with the first part.
    applyToEnvironment: ({ name }) => name === 'client',
    async generateBundle() {
      for (const file of (await readdir(join(root, folder))).filter((each) => !each.endsWith('.ts')))
        this.emitFile({ type: 'asset', fileName: `${folder}/${file}`, source: await readFile(join(root, folder, file)) })
    },
  }
}

/** Copies finished files of a package. */
function files(folder: string, specifiers: readonly string[]): Plugin {
  const { resolve } = createRequire(import.meta.url)
  return {
    name: `files-${folder}`,
    async generateBundle() {
      for (const specifier of specifiers)
        this.emitFile({ type: 'asset', fileName: `${folder}/${basename(specifier)}`, source: await readFile(resolve(specifier)) })
    },
  }
}

export default defineConfig({
  root,
  publicDir: false,
  build: { outDir: join(root, '../dist/web'), emptyOutDir: true, target: 'es2022', modulePreload: false, reportCompressedSize: false },
  plugins: [
    pages('chat'),
    pages('start'),
    pages('docs'),
    pages('dashboard'),
    files('docs', ['swagger-ui-dist/swagger-ui-bundle.js', 'swagger-ui-dist/swagger-ui.css']),
  ],
  builder: {},
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: join(root, 'widget/widget.ts'),
          // A classic script: one tag on a foreign page, and no name of ours left in it.
          output: { format: 'iife', entryFileNames: 'widget.js' },
        },
      },
    },
    dashboard: {
      consumer: 'client',
      build: {
        emptyOutDir: false,
        rolldownOptions: {
          input: join(root, 'dashboard/dashboard.ts'),
          output: { format: 'es', entryFileNames: 'dashboard/dashboard.js', codeSplitting: false },
        },
      },
    },
  },
})
