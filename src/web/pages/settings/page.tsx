import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { useRole } from '../../queries/role.ts';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Credentials } from './Credentials.tsx';
import { Operations } from './Operations.tsx';
import { Preferences } from './Preferences.tsx';
import { RateFacts } from './RateFacts.tsx';
import { SessionFacts } from './SessionFacts.tsx';

/** How Canopy looks for this person, what its credential can do, and what it is. */
export function Component() {
  const { session } = useRole();
  const { hash } = useLocation();

  useEffect(() => {
    if (hash !== '') document.querySelector(`#${CSS.escape(hash.slice(1))}`)?.scrollIntoView();
  }, [hash]);

  return (
    <>
      <PageHead
        title="Settings"
        facts={session.mode === 'sandbox' ? 'Embedded sandbox' : `Connected to ${session.upstreamHost}`}
      />
      <div className="relative min-h-0 flex-1 overflow-auto">
        <div className="grid grid-cols-2 max-xl:grid-cols-1">
          <Section id="preferences" className="xl:border-r xl:border-line">
            <SectionHead edge="page" title="Preferences" note="kept in this browser" />
            <Preferences />
          </Section>
          <div>
            <Section id="session">
              <SectionHead edge="page" title="Session" />
              <SessionFacts session={session} />
            </Section>
            <Section id="rate" className="border-t border-line">
              <SectionHead edge="page" title="Rate budget" />
              <RateFacts />
            </Section>
          </div>
        </div>
        <Section id="connect" className="border-t border-line">
          <SectionHead edge="page" title="Credential" />
          <Credentials mode={session.mode} upstreamHost={session.upstreamHost} />
        </Section>
        <Section id="doctor" className="border-t border-line">
          <Operations />
        </Section>
        <Section id="about" className="border-t border-line">
          <SectionHead edge="page" title="About" />
          <div className="px-(--gutter) py-3">
            <FactGrid>
              <Fact term="Canopy">The console for Cloudflare Organizations, under the MIT license. Not made by Cloudflare.</Fact>
              <Fact term="Upstream">
                <code>{session.upstreamHost}</code>
                {session.mode === 'sandbox' && <span className="text-muted">, the embedded sandbox</span>}
              </Fact>
              <Fact term="Typefaces">Commissioner and Geist Mono, under the SIL Open Font License.</Fact>
            </FactGrid>
          </div>
        </Section>
      </div>
    </>
  );
}

function Section({ id, className, children }: { id: string; className?: string; children: ReactNode }) {
  return (
    <section id={id} className={className}>
      {children}
    </section>
  );
}
