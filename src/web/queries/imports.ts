/** Files of usage and cost: those that were taken, sending one, and how each counts. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import {
  beginImport,
  changeImport,
  checkImport,
  deleteImport,
  importPartLimit,
  listImports,
  sendImportPart,
  takeImport,
} from '../../contract/canopy/imports.ts';
import type { ImportReport } from '../../contract/canopy/imports.ts';
import { ask, keyOf } from './client.ts';
import type { Failure } from './client.ts';
import type { Subtree } from './hierarchy.ts';
import { spendFigures } from './spend-figures.ts';
import { useWrite } from './write.ts';

const touched = ['getSpendState', ...spendFigures];

export const importsQuery = (subtree: Subtree) =>
  queryOptions({
    queryKey: keyOf(listImports, {}, subtree),
    queryFn: ({ signal }) => ask(listImports, { query: subtree, signal }),
    placeholderData: keepPreviousData,
  });

export interface FileToSend {
  file: File;
  name: string;
  organization: string;
  replaces: string | undefined;
  /** Bytes that have arrived; all of them while the file is being checked. */
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

export interface SentFile {
  id: string;
  report: ImportReport;
}

/** Sends a file in parts and has it checked. Nothing of it counts before it is taken. */
export function useSendFile() {
  return useMutation<SentFile, Failure, FileToSend>({
    mutationFn: async ({ file, name, organization, replaces, onSent, signal }) => {
      const body = { organization, name, fileName: file.name, size: file.size, ...(replaces ? { replaces } : {}) };
      const params = { importId: (await ask(beginImport, { body, signal })).result.id };
      try {
        for (let offset = 0; offset < file.size; offset += importPartLimit) {
          const part = new Uint8Array(await file.slice(offset, offset + importPartLimit).arrayBuffer());
          await ask(sendImportPart, { params, query: { offset }, body: part, signal });
          onSent(offset + part.byteLength);
        }
        const report = (await ask(checkImport, { params, signal })).result;
        return { id: params.importId, report };
      } catch (error) {
        forgetFile(params.importId);
        throw error;
      }
    },
  });
}

/** Removes a file that is not taken. Where that does not arrive, the file is removed after an hour. */
export function forgetFile(importId: string): void {
  void ask(deleteImport, { params: { importId } }).catch(() => undefined);
}

export const useTakeImport = () => useWrite(takeImport, touched);
export const useChangeImport = () => useWrite(changeImport, touched);
export const useDeleteImport = () => useWrite(deleteImport, touched);
