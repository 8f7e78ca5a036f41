import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** react-aria empties its live region with `innerHTML = ''`, which our Trusted Types policy forbids. */
function trustedTypes(): Plugin {
  return {
    name: 'trusted-types',
    transform: {
      filter: { id: /react-aria\/dist\/private\/live-announcer\/LiveAnnouncer\.(mjs|js)$/ },
      handler(code) {
        const patched = code.replaceAll(".innerHTML = ''", '.replaceChildren()');
        if (patched === code) this.error('react-aria changed: look for innerHTML in its live announcer');
        return { code: patched, map: null };
      },
    },
  };
}

/** One build, two outputs: `dist/web` for browsers, `dist/server` for Node. */
export default defineConfig(({ command }) => ({
  plugins: [react(), tailwindcss(), trustedTypes()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: 'dist/web',
        emptyOutDir: true,
        // no inline script, style or data URI: the content policy has none
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        cssCodeSplit: false,
        manifest: true,
        rolldownOptions: {
          output: {
            // a shared chunk is named after all who share it, with `~` between, which the server takes for no file of ours
            chunkFileNames: ({ name }) => `assets/${/^\w+/.exec(name)?.[0] ?? 'chunk'}-[hash].js`,
            codeSplitting: {
              groups: [
                // one file for the first JavaScript: it compresses better than a dozen
                { name: 'app', tags: ['$initial'], priority: 10 },
                // what pages share, by which pages share it; small parts are joined, so a page asks for few files
                {
                  name: 'shared',
                  test: /src\/(web\/(ui|lib|queries)|contract)\/|node_modules\/lucide/,
                  minShareCount: 2,
                  entriesAware: true,
                  entriesAwareMergeThreshold: 12_000,
                },
              ],
            },
          },
        },
      },
    },
    ssr: {
      consumer: 'server',
      // the built server stands alone but for the native database; while developing, packages load as they are
      resolve: command === 'build' ? { noExternal: true, external: ['@duckdb/node-api', '@duckdb/node-bindings'] } : {},
      build: {
        outDir: 'dist/server',
        target: 'node20',
        copyPublicDir: false,
        emptyOutDir: true,
        sourcemap: true,
        ssr: true,
        rolldownOptions: {
          input: {
            main: 'src/cli/main.ts',
            sandbox: 'src/cli/sandbox.ts',
            doctor: 'src/cli/doctor.ts',
          },
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          platform: 'node',
        },
      },
    },
  },
}));
