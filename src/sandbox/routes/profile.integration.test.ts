import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getProfile, modifyProfile, profileFields } from '../../contract/cloudflare/profile.ts';
import { SandboxUnderTest } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const harbor = { params: { organizationId: tiny.harbor.id } };
const profile = {
  business_name: 'Harbor Works Ltd',
  business_email: 'office@harborworks.example',
  business_phone: '',
  business_address: '{"line1":"2 Wharf Lane"}',
  external_metadata: '  {"crm" : "42\u00e9"}\n',
};

describe('profile', () => {
  it('is replaced by an empty 204 and kept byte for byte', async () => {
    const put = await sandbox.ask(modifyProfile, { ...harbor, body: profile });
    expect([put.status, put.text, put.headers.get('content-type')]).toEqual([204, '', null]);
    expect((await sandbox.ask(getProfile, harbor)).result).toEqual(profile);
  });

  it('is empty where nobody wrote one', async () => {
    const { result } = await sandbox.ask(getProfile, { params: { organizationId: tiny.south.id } });
    expect(result.business_name).toBe('');
  });

  it.each(profileFields)('needs %s', async (field) => {
    const { [field]: _, ...rest } = profile;
    const { status, errors } = await sandbox.refused(modifyProfile, { ...harbor, body: rest });
    expect([status, errors.map(({ source }) => source?.pointer)]).toEqual([400, [`/${field}`]]);
  });

  it('is not deleted, not made and not found where there is no organization', async () => {
    expect((await sandbox.raw('DELETE', `/organizations/${tiny.harbor.id}/profile`)).status).toBe(405);
    const nowhere = { params: { organizationId: '0'.repeat(32) } };
    expect((await sandbox.refused(getProfile, nowhere)).status).toBe(404);
    expect((await sandbox.refused(modifyProfile, { ...nowhere, body: profile })).status).toBe(404);
  });
});
