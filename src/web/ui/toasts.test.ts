import { expect, it, vi } from 'vitest';
import { currentToasts, toasts } from './toasts.ts';

it('an act that can be undone happens once, unless it is taken back', () => {
  const [onCommit, onUndo] = [vi.fn(), vi.fn()];
  const first = toasts.undo({ title: 'Renamed', onCommit, onUndo });
  toasts.close(first);
  toasts.close(first);
  expect(onCommit).toHaveBeenCalledTimes(1);
  const second = toasts.undo({ title: 'Renamed', onCommit, onUndo });
  toasts.takeBack(second);
  toasts.close(second);
  expect(onUndo).toHaveBeenCalledTimes(1);
  expect(onCommit).toHaveBeenCalledTimes(1);
});

it('at most three are shown, and one pushed out still happens', () => {
  const onCommit = vi.fn();
  toasts.undo({ title: 'first', onUndo: vi.fn(), onCommit });
  for (const title of ['second', 'third', 'fourth']) toasts.success({ title });
  expect(currentToasts().map((toast) => toast.title)).toEqual(['second', 'third', 'fourth']);
  expect(onCommit).toHaveBeenCalledTimes(1);
});
