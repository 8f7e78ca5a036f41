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

/** react-router publishes its production build where no import condition leads: it differs in this one constant. */
function withoutDevelopmentWarnings(): Plugin {
  return {
    name: 'without-development-warnings',
    apply: 'build',
    transform: {
      filter: { id: /react-router\/dist\/development\/chunk-\w+\.mjs$/, code: 'var ENABLE_DEV_WARNINGS' },
      handler(code) {
        const patched = code.replace('var ENABLE_DEV_WARNINGS = true;', 'const ENABLE_DEV_WARNINGS = false;');
        if (patched === code) this.error('react-router changed: look for ENABLE_DEV_WARNINGS');
        return { code: patched, map: null };
      },
    },
  };
}

/**
 * A file that could not be fetched stays missing for browsers as long as the page does, also when the connection is back: they
 * remember it by its address. So it is asked for once more by another one. What it needs itself must not be missing by then:
 * nothing is fetched ahead while there is no connection.
 */
function fetchAgain(): Plugin {
  const again = `
	function handlePreloadError(error) {
		const address = error instanceof TypeError && /http\\S+?js/.exec(error.message); // Safari does not name it
		if (!address) throw error;
		return import(/* @vite-ignore */ address + '?' + Date.now());
	}`;
  return {
    name: 'fetch-again',
    apply: 'build',
    transform: {
      filter: { id: /vite\/preload-helper/ },
      handler(code) {
        const patched = code
          .replace(/\n\tfunction handlePreloadError\(err\) \{[^]*?\n\t\}/, again)
          .replace('deps.length > 0', 'deps.length > 0 && navigator.onLine')
          .replace(/\n\t+(const cspNonce|if \(cspNonce).*/g, ''); // no page of ours has one
        const isWhole =
          patched.includes(again) &&
          patched.includes('onLine') &&
          patched.includes('.catch(handlePreloadError)') &&
          !/nonce/i.test(patched);
        if (!isWhole) this.error('Vite changed: look at how it imports parts');
        return { code: patched, map: null };
      },
    },
  };
}

/**
 * Files that pages share, by what is in them. A page asks for few files, and one file compresses better than ten small
 * ones; but what only some pages draw stays out of the way of the others.
 */
const shared = {
  /** What nearly every page draws with, and the icons, contract and queries that several use: each of those is tiny. */
  common: any(
    'src/web/ui/(PageHead|Toolbar|StatusBar|SearchField|Menu|Popover|Panel|Notice|EmptyState|ErrorState|ReadBar|MissingPart)',
    'src/web/ui/(Skeleton|CopyId|Badge|Checkbox|StatusMark|Strip|Time|Money|NoCost|Sparkbars)',
    'src/web/ui/(Tabs|panel-|error-facts|basis-of|tree-(measure|window))',
    'src/web/lib/(format|account-type|decimal|comparison|url-|date-range|shortcuts|media|bidi|page-actions|use-preload)',
    'src/(contract|web/queries)/(?!.*(organizations|accounts|members|profile|shares|audit|receipts|tags|account-filter|member-filter|spend-values|sign-in|touched|(?<!queries/)exports|records-measure|spend-ratios|budgets|leave|rate-card.*|custom-line|exact-json)\\.ts)',
    'node_modules/lucide',
  ),
  forms: any('src/web/ui/(Field|TextField|TextArea|Select|RadioGroup|ConfirmNameField)'),
  /** Choosing rows by what they are, and how much of them is known. */
  filters: any(
    'src/web/ui/(OptionList|Filter|ExportRows)',
    'src/web/tree/Coverage',
    '(contract/canopy|web/queries)/(tags|spend-values)',
  ),
  table: any('src/web/ui/(DataTable(?!Sort)|table-|ColumnChooser)'),
  tree: any('src/web/ui/(TreeGrid|tree-)', 'src/web/tree/(search|use-tree|open-branches|Count)', 'useQueries'),
  /** Events, JSON of others as it was written, and the switch beside them. */
  events: any(
    '(contract/cloudflare|web/queries)/audit',
    'contract/exact-json',
    'src/web/lib/event-words',
    'src/web/pages/audit/AuditTabs',
    'src/web/ui/Switch',
  ),
  /** Lists that are asked for page by page. */
  pages: any('InfiniteQuery', 'src/web/pages/audit/MoreEvents'),
  /** A value laid open, and two of them side by side. */
  values: any('src/web/ui/(Diff|JsonTree|json-diff)'),
  /** Acting on rows: the bar, the dialog, and what may move where. */
  acts: any(
    'src/web/ui/(BulkBar|Dialog|dialog-|glyphs)',
    'src/web/tree/(organization-index|move-rules|move-accounts|use-move-back|capability|tree\\.)',
  ),
  /** What is read and written of one organization, account or member. */
  records: any(
    'src/(contract/cloudflare|web/queries)/(organizations|accounts|members)',
    'src/web/ui/StatStrip',
    'contract/canopy/member-filter',
  ),
  /** What comes by itself once the page stands. */
  layers: any(
    'src/web/shell/(Background|GlobalKeys|SessionEnd)',
    'src/web/(lib|queries)/session-end',
    'src/web/ui/(Toast\\.|TooltipLayer)',
  ),
};

function any(...names: string[]): RegExp {
  return new RegExp(names.join('|'));
}

/** One build, two outputs: `dist/web` for browsers, `dist/server` for Node. */
export default defineConfig(({ command }) => ({
  plugins: [react(), tailwindcss(), trustedTypes(), withoutDevelopmentWarnings(), fetchAgain()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: 'dist/web',
        emptyOutDir: true,
        // no inline script, style or data URI: the content policy has none
        modulePreload: {
          polyfill: false,
          // a page asks for its parts at once; what opens later finds them there, so the first file need not list them
          resolveDependencies: (file, parts) => (/\/(page|receipts)-/.test(file) ? parts : []),
        },
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
                { name: 'common', test: shared.common, minShareCount: 2, priority: 5 },
                { name: 'records', test: shared.records, minShareCount: 2, priority: 4 },
                { name: 'layers', test: shared.layers, priority: 4 },
                { name: 'acts', test: shared.acts, priority: 4 },
                { name: 'forms', test: shared.forms, priority: 3 },
                { name: 'filters', test: shared.filters, priority: 3 },
                { name: 'table', test: shared.table, priority: 3 },
                { name: 'tree', test: shared.tree, priority: 3 },
                { name: 'events', test: shared.events, priority: 3 },
                { name: 'values', test: shared.values, priority: 3 },
                { name: 'pages', test: shared.pages, priority: 3 },
                // the rest of what is shared, by which pages share it
                { name: 'shared', test: /src\/web\/(ui|lib|tree)\//, minShareCount: 2, entriesAware: true },
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
          output: {
            entryFileNames: '[name].js',
            chunkFileNames: 'chunks/[name]-[hash].js',
            // the text of a program stands in memory as long as it runs; names stay, for stack traces
            minify: { compress: false, mangle: false },
          },
          platform: 'node',
        },
      },
    },
  },
}));
