import { expect, test } from './test.ts';

test('accounts are tagged, spend is grouped by the tag, and a budget for it burns down', async ({
  page,
  open,
  usage: _usage,
  axe,
}) => {
  await open('/o/Redfern Systems/accounts');
  const accounts = page.getByRole('grid', { name: 'Accounts' });
  await accounts.getByRole('row').nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Select all 68 matching' }).click();
  await page.getByRole('button', { name: 'Tag 68 accounts' }).click();
  const tagging = page.getByRole('dialog', { name: 'Tag 68 accounts' });
  await tagging.getByRole('combobox', { name: 'Key' }).fill('Team');
  await tagging.getByRole('combobox', { name: 'Value' }).fill('payments');
  await axe(['light']);
  await tagging.getByRole('button', { name: 'Tag 68 accounts' }).click();
  await expect(tagging).toBeHidden();
  await expect(accounts.getByText('team=payments').first()).toBeVisible();

  await open('/o/root/spend/tags');
  const tags = page.getByRole('grid', { name: 'Account tags' }).or(page.getByRole('table', { name: 'Account tags' }));
  await expect(tags).toContainText('team on 68 of 320 accounts');
  await page.getByRole('button', { name: 'Import tags' }).click();
  const importing = page.getByRole('dialog', { name: 'Import tags' });
  await importing.getByLabel('Lines').fill('account id,key,value\nnobody,team,web');
  await importing.getByRole('button', { name: 'Look at the lines' }).click();
  await expect(importing).toContainText('Refused: no account with this id is among those that you may see');
  await axe();
  await importing.getByRole('button', { name: 'Cancel' }).click();
  await tags.getByRole('link', { name: 'payments' }).click();
  await expect(page.getByRole('group', { name: /^Filter: Tag team is payments/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'Tag team' });
  const spent = await page
    .getByRole('table', { name: 'By tag team' })
    .getByRole('row', { name: /^Total/ })
    .innerText();

  await page.getByRole('button', { name: 'Add note' }).click();
  const noting = page.getByRole('dialog', { name: 'Add a note' });
  await noting.getByRole('textbox', { name: 'Note' }).fill('Sale week');
  await page.getByRole('heading', { level: 1 }).click(); // beside it
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(noting.getByRole('textbox', { name: 'Note' })).toHaveValue('Sale week');
  await noting.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('button', { name: '21 Nov 2026: Sale week' }).click();
  const notes = page.getByRole('dialog', { name: 'Notes from 21 Nov 2026' });
  await axe(['light']);
  await notes.getByRole('button', { name: 'Delete the note Sale week' }).click();
  await expect(page.getByRole('button', { name: '21 Nov 2026: Sale week' })).toHaveCount(0);

  await page.getByRole('link', { name: 'Budgets' }).click();
  await expect(page.getByText('No budget is set')).toBeVisible();
  await page.getByRole('button', { name: 'New budget' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New budget' });
  await dialog.getByRole('button', { name: 'Set budget' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/Must not be empty/);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Payments');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New budget' }).first().click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Payments'); // nothing that was typed is lost
  await dialog.getByRole('combobox', { name: 'For' }).selectOption({ label: 'Accounts by tag team' });
  await dialog.getByRole('button', { name: /^Value of team/ }).click();
  await page.getByRole('combobox', { name: 'Search Value of team' }).fill('pay');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Amount a month' }).fill('10');
  await dialog.getByRole('button', { name: 'Set budget' }).click();
  await expect(dialog).toBeHidden();

  const panel = page.getByRole('complementary', { name: 'Budget Payments' });
  await expect(panel).toContainText('Over');
  await expect(panel).toContainText('of $10.00');
  await expect(panel).toContainText('passed on');
  await expect(panel.getByRole('img', { name: /used after 21 of 30 days/ })).toBeVisible();
  await panel.getByRole('slider', { name: /Read the burn-down/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(panel.getByRole('slider')).toHaveAttribute('aria-valuetext', /^20 Nov.*used;.*in an even month$/);
  await axe();
  await panel.getByRole('radio', { name: 'Table' }).click();
  await expect(panel.getByRole('table', { name: 'Added up, day by day' }).getByRole('row')).toHaveCount(31);
  expect(spent).toContain('$');

  await panel.getByRole('link', { name: 'Same in usage & cost' }).click();
  await expect(page.getByText('even pace of budget Payments, ')).toBeVisible();
  await page.getByRole('radio', { name: 'Month', exact: true }).click();
  await page.getByRole('radio', { name: 'Day', exact: true }).click();
  const reading = page.getByRole('slider', { name: /Read the chart/ });
  await expect(reading).toHaveAttribute('aria-valuetext', /Even pace of the budget/); // the pace comes after the chart
  await reading.focus();
  await page.keyboard.press('End');
  await expect(reading).toHaveAttribute('aria-valuetext', /Even pace of the budget \$10\.00/);
  await page.getByRole('radio', { name: 'Table' }).first().click();
  const dates = page.getByRole('table', { name: 'Amounts by date' });
  await expect(dates.getByRole('columnheader', { name: 'Even pace of Payments' })).toBeVisible();
  await expect(dates.getByRole('row').nth(1)).toContainText('$0.33');

  // what is small folds, in the table and by address
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('option', { name: 'Least amount' }).click();
  await page.getByRole('textbox', { name: /^Groups of at least, in USD/ }).fill('a lot');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Must be an amount such as 100 or 0.50.')).toBeVisible();
  await page.getByRole('textbox', { name: /^Groups of at least, in USD/ }).fill('1000000');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/least=1000000/);
  await expect(
    page.getByRole('table', { name: 'By product family' }).getByRole('row', { name: /Others \(\d+\).*100\.0%/ }),
  ).toBeVisible();
  await expect(page.getByRole('group', { name: 'Filter: Least amount is $1,000,000.00' })).toBeVisible();
  await page.getByRole('link', { name: 'Budgets' }).click();
  await page
    .getByRole('grid', { name: 'Budgets' })
    .or(page.getByRole('table', { name: 'Budgets' }))
    .getByText('Payments')
    .first()
    .click();
  await panel.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete budget' }).click();
  await expect(page.getByText('No budget is set')).toBeVisible();
});
