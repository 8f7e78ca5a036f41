import { Bar, StillReading, skeletonWidth } from '../../ui/Skeleton.tsx';

/** The shape of the answer before it is there: figures, chart, rows. */
export function SpendSkeleton() {
  return (
    <div className="relative">
      <div aria-hidden className="ui-skeleton">
        <div className="flex border-b border-line py-1.5">
          {[0, 1, 2, 3].map((figure) => (
            <div key={figure} className={figure > 0 ? 'flex-1 px-(--gutter) py-3 max-sm:hidden' : 'flex-1 px-(--gutter) py-3'}>
              <Bar width="60%" />
              <Bar width="35%" className="my-3.5 h-4" />
              <Bar width="75%" />
            </div>
          ))}
        </div>
        <div className="p-(--gutter)">
          <div className="h-69.5 rounded-md bg-hover" />
        </div>
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div key={row} className="ui-row px-(--gutter) py-2.5">
            <div className="w-48">
              <Bar width={skeletonWidth(row, 0)} />
            </div>
          </div>
        ))}
      </div>
      <StillReading />
    </div>
  );
}
