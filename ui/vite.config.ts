import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': process.env.SPANHOUSE_API ?? 'http://127.0.0.1:7070' } },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  test: {
    environment: 'happy-dom',
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    css: { include: [/tokens\.css/] },
    testTimeout: 20_000, // no test takes a second by itself; two processors may be shared by ten programs
  },
});
