import { Wordmark } from '../ui/Logo.tsx';

/** The empty frame until it is known who is there. Its lines stand where the frame's will. */
export function Splash() {
  return (
    <div className="flex h-dvh" aria-busy="true">
      <div className="w-50 border-r border-line bg-sunken px-4 max-xl:w-12 max-xl:overflow-hidden max-lg:hidden">
        <div className="flex h-11 items-center">
          <Wordmark />
        </div>
      </div>
      <div className="h-11 flex-1 border-b border-line bg-sunken" />
    </div>
  );
}
