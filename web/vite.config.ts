import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// The pages are served by the program itself, under a policy that allows no inline script and no data: address, so nothing is inlined.
// `npm run dev` passes /api on to a running program (JIHENG_SERVER, by default the one that ./run starts).
export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_I18N_LEGACY_API__: 'false', __VUE_I18N_FULL_INSTALL__: 'false', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  build: {
    target: 'es2021',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': process.env['JIHENG_SERVER'] ?? 'http://127.0.0.1:8420' } },
  preview: { proxy: { '/api': process.env['JIHENG_SERVER'] ?? 'http://127.0.0.1:8420' } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
