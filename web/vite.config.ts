import vue from '@vitejs/plugin-vue'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const server = process.env['JIHENG_SERVER'] ?? 'http://127.0.0.1:8420'

/** Beside every larger text its gzip, which the program sends to browsers that take it. */
function compressed(folder: string): Plugin {
  const walk = (path: string): void => {
    for (const name of readdirSync(path)) {
      const file = join(path, name)
      if (statSync(file).isDirectory()) walk(file)
      else if (/\.(js|css|svg|html)$/.test(name) && statSync(file).size > 2048) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
    }
  }
  return { name: 'compressed', apply: 'build', closeBundle: () => walk(folder) }
}

// The pages are served by the program itself, under a policy that allows no inline script and no data: address, so nothing is inlined.
// `npm run dev` passes /api on to a running program (JIHENG_SERVER, by default the one that ./run starts).
export default defineConfig({
  plugins: [vue(), compressed(fileURLToPath(new URL('./dist', import.meta.url)))],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_I18N_LEGACY_API__: 'false', __VUE_I18N_FULL_INSTALL__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  build: {
    target: 'es2021',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
