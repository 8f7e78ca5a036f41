import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectureProblems, readSources } from './architecture.ts';

const root = join(import.meta.dirname, '../../..');

describe('the import rules', () => {
  it('hold in every file', () => {
    const files = readSources(root);
    expect(files.length).toBeGreaterThan(100);
    expect(architectureProblems(files)).toEqual([]);
  });

  it.each([
    ['src/contract/a.ts', `import '../web/main.tsx';`],
    ['src/web/pages/overview/page.tsx', `import '../members/page.tsx';`],
    ['src/web/ui/Button.tsx', `import '../queries/client.ts';`],
    ['src/web/queries/client.ts', `export * from '../ui/Button.tsx';`],
    ['src/web/lib/format.ts', `const load = () => import('../pages/overview/page.tsx');`],
    ['src/web/shell/Shell.tsx', `import '../../bff/app.ts';`],
    ['src/web/main.tsx', `import { readFile } from 'node:fs';`],
    ['src/sandbox/server.ts', `import '../bff/app.ts';`],
    ['src/bff/app.ts', `import '../sandbox/server.ts';`],
    ['src/bff/spend/reading/sync.ts', `import { setImmediate } from 'node:timers/promises';`],
    ['src/bff/upstream/client.ts', `import { request } from 'undici';`],
    ['src/bff/app.ts', `import '../cli/main.ts';`],
  ])('refuse %s with %s', (path, text) => {
    expect(architectureProblems([{ path, text }])).toHaveLength(1);
  });

  it.each([
    [
      'src/web/pages/overview/page.tsx',
      `import './parts/Head.tsx'; import '../../queries/hierarchy.ts'; import '../../../contract/ids.ts';`,
    ],
    ['src/bff/node/transport.ts', `import { request } from 'undici';`],
    ['src/cli/main.ts', `import '../bff/node/start.ts'; import '../sandbox/server.ts';`],
  ])('allow %s with %s', (path, text) => {
    expect(architectureProblems([{ path, text }])).toEqual([]);
  });
});
