import { listAccess } from './canopy/access.ts';
import { listAnomalies, markAnomaly } from './canopy/anomalies.ts';
import { changeBudget, createBudget, deleteBudget, getBudget, listBudgets, listPlannedBudgets } from './canopy/budgets.ts';
import { getCapabilities, runDoctor } from './canopy/capabilities.ts';
import { createExport, downloadExport, getExportEnd, measureRecords } from './canopy/exports.ts';
import { explainSpend, explainSpendMetric } from './canopy/spend-explanation.ts';
import { askSpendRatios } from './canopy/spend-ratios.ts';
import { forecastSpend, listAllowances } from './canopy/forecast.ts';
import { getHierarchy, listAllAccounts, listAllMembers, refreshHierarchy } from './canopy/hierarchy.ts';
import {
  beginImport,
  changeImport,
  checkImport,
  deleteImport,
  listImports,
  sendImportPart,
  takeImport,
} from './canopy/imports.ts';
import { getSpendQuality, listRestatements } from './canopy/spend-quality.ts';
import { getRateCard, getRateCardVersion, previewRateCard, saveRateCard } from './canopy/rate-card.ts';
import { getReceipt, listReceipts } from './canopy/receipts.ts';
import { getSession, getSignInOptions, getVisitor, signIn, signOut, signOutEverywhere } from './canopy/session.ts';
import {
  askSpend,
  controlSpendSync,
  getSpendState,
  listSpendMetrics,
  rankSpendAccounts,
  searchSpendValues,
} from './canopy/spend.ts';
import { chooseDefaultView, deleteSavedView, getSavedView, listSavedViews, saveView } from './canopy/saved-views.ts';
import { changeSpendNote, createSpendNote, deleteSpendNote, listSpendNotes } from './canopy/spend-notes.ts';
import { changeTag, importTags, listAccountTags, listTags, searchTagValues, setAccountTags } from './canopy/tags.ts';
import { listOrganizationAccounts, moveAccount } from './cloudflare/accounts.ts';
import { getResourceHistory, listAuditEvents } from './cloudflare/audit.ts';
import { batchCreateMembers, createMember, deleteMember, getMember, listMembers } from './cloudflare/members.ts';
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listAccountOrganizations,
  listOrganizations,
  modifyOrganization,
} from './cloudflare/organizations.ts';
import { getProfile, modifyProfile } from './cloudflare/profile.ts';
import { listShares } from './cloudflare/shares.ts';
import { getAccountUsage, getOrganizationUsage, queryAccountUsage } from './cloudflare/usage.ts';

/** Every row that reaches upstream; nothing else does. Mounted at `/api/cloudflare`. */
export const cloudflareEndpoints = {
  listOrganizations,
  getOrganization,
  createOrganization,
  modifyOrganization,
  deleteOrganization,
  listOrganizationAccounts,
  listAccountOrganizations,
  moveAccount,
  getProfile,
  modifyProfile,
  listMembers,
  getMember,
  createMember,
  batchCreateMembers,
  deleteMember,
  listAuditEvents,
  getResourceHistory,
  getOrganizationUsage,
  getAccountUsage,
  queryAccountUsage,
  listShares,
} as const;
export type CloudflareEndpointName = keyof typeof cloudflareEndpoints;

/** What the BFF answers itself. Mounted at `/api`. */
export const canopyEndpoints = {
  getSignInOptions,
  getSession,
  getVisitor,
  signIn,
  signOut,
  signOutEverywhere,
  getCapabilities,
  runDoctor,
  getHierarchy,
  refreshHierarchy,
  listAllAccounts,
  listAllMembers,
  getSpendState,
  controlSpendSync,
  askSpend,
  rankSpendAccounts,
  askSpendRatios,
  explainSpend,
  explainSpendMetric,
  listSpendMetrics,
  searchSpendValues,
  searchTagValues,
  getRateCard,
  getRateCardVersion,
  saveRateCard,
  previewRateCard,
  forecastSpend,
  listAllowances,
  listAnomalies,
  markAnomaly,
  listBudgets,
  listPlannedBudgets,
  getBudget,
  createBudget,
  changeBudget,
  deleteBudget,
  listSpendNotes,
  createSpendNote,
  changeSpendNote,
  deleteSpendNote,
  listSavedViews,
  getSavedView,
  saveView,
  chooseDefaultView,
  deleteSavedView,
  listTags,
  listAccountTags,
  setAccountTags,
  changeTag,
  importTags,
  getSpendQuality,
  listRestatements,
  listImports,
  beginImport,
  sendImportPart,
  checkImport,
  takeImport,
  changeImport,
  deleteImport,
  listReceipts,
  getReceipt,
  listAccess,
  createExport,
  downloadExport,
  getExportEnd,
  measureRecords,
} as const;
export type CanopyEndpointName = keyof typeof canopyEndpoints;
