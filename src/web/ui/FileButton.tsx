import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from './Button.tsx';

interface FileButtonProps {
  /** Names what is chosen: "File with tags". */
  label: string;
  /** Endings and types that are offered, as the `accept` of an input. */
  accept: string;
  children: string;
  onChoose: (file: File | undefined) => void;
}

/** Opens the system's choice of a file. The same file may be chosen again: it may have been corrected meanwhile. */
export function FileButton({ label, accept, children, onChoose }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          onChoose(chosen);
        }}
      />
      <Button icon={FileUp} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
