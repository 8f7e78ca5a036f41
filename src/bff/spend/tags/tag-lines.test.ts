import { describe, expect, test } from 'vitest';
import { readTagLines } from './tag-lines.ts';

const read = async (text: string) =>
  (await readTagLines(text)).map(({ line, accountId, key, value, problem }) => [line, accountId, key, value, problem]);

describe('lines of tags', () => {
  test('are parted by comma, semicolon or tab, with or without a heading', async () => {
    expect(await read('account id,key,value\r\na,team,payments\n\nb , Cost-Center , 4711 ')).toEqual([
      [2, 'a', 'team', 'payments', null],
      [4, 'b', 'cost-center', '4711', null],
    ]);
    expect(await read('a\tteam\tweb, mobile')).toEqual([[1, 'a', 'team', 'web, mobile', null]]);
    expect(await read('a;team;web, mobile')).toEqual([[1, 'a', 'team', 'web, mobile', null]].map((row) => row));
    expect(await read('\ufeffid,key,value')).toEqual([]);
  });

  test('keep what stands in quotes', async () => {
    expect(await read('a,team,"web, ""the"" shop"')).toEqual([[1, 'a', 'team', 'web, "the" shop', null]]);
    expect(await read('a,team,5" disks')).toEqual([[1, 'a', 'team', '5" disks', null]]);
  });

  test('say what is wrong with each', async () => {
    const problems = (await read('a,team\n,team,x\na,,x\na,te am,x\na,team,\na,team,x,y\na,size,1\na,size,2')).map(
      (row) => row[4],
    );
    expect(problems).toEqual([
      'needs three cells: account id, key and value',
      'names no account',
      'has no key',
      'the key te am must be 1 to 63 lower-case letters, digits, or . _ -',
      'has no value',
      'has 4 cells instead of three; quote a value that holds a separator',
      null,
      'line 7 gives the account a size already',
    ]);
  });
});
