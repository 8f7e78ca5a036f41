// npm writes into the lock file only the optional platform packages that the registry in reach serves, and
// `npm ci` then refuses the lock. This adds the missing ones, so that a clone installs on every system.
// Run it after every change of dependencies: node src/cli/lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const systems = new Set(['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony', 'netbsd', 'openbsd', 'sunos', 'aix']);
/** @type {Record<string, string>} */
const processors = {
  arm64: 'arm64',
  x64: 'x64',
  arm: 'arm',
  ia32: 'ia32',
  riscv64: 'riscv64',
  s390x: 's390x',
  ppc64: 'ppc64',
  wasm32: 'wasm32',
  loong64: 'loong64',
  gnueabihf: 'arm',
  musleabihf: 'arm',
  eabi: 'arm',
};

/** Adds what is missing to a parsed lock file and returns the names added. @param {any} lock @returns {string[]} */
export function completeLock(lock) {
  const added = [];
  for (const [at, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lock.packages[`${at}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue;
      const words = name.split('/').at(-1)?.split('-') ?? [];
      const system = words.find((word) => systems.has(word));
      const processor = words.map((word) => processors[word]).find(Boolean);
      const libc = words.includes('musl') ? 'musl' : system === 'linux' ? 'glibc' : undefined;
      lock.packages[`node_modules/${name}`] = {
        version: String(range).replace(/^[~^]/, ''),
        optional: true,
        ...(entry.dev ? { dev: true } : {}),
        ...(processor ? { cpu: [processor] } : {}),
        ...(system ? { os: [system] } : {}),
        ...(libc ? { libc: [libc] } : {}),
      };
      added.push(name);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return added;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const added = completeLock(lock);
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  console.log(added.length === 0 ? 'The lock file is whole.' : `Added ${added.length} optional platform packages.`);
}
