import { expect, it } from 'vitest';
import { drawnCells } from './Strip.tsx';
import type { StripCell } from './Strip.tsx';

const cells = (count: number, state: StripCell['state']): StripCell[] => Array.from({ length: count }, () => ({ state }));

it('a strip draws one cell for each thing up to sixty', () => {
  expect(drawnCells([...cells(15, 'done'), ...cells(1, 'failed')])).toHaveLength(16);
});

it('above sixty it draws runs as long as they are many', () => {
  const drawn = drawnCells([...cells(70, 'done'), ...cells(20, 'failed'), ...cells(10, 'done')]);
  expect(drawn.map(({ state, share }) => `${state} ${share}`)).toEqual(['done 70', 'failed 20', 'done 10']);
});

it('leaves out what stands for nothing', () => {
  expect(
    drawnCells([
      { state: 'used', count: 0 },
      { state: 'waiting', count: 5 },
    ]),
  ).toHaveLength(1);
});
