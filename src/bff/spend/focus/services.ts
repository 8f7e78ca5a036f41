import type { SaidService } from './said-services.ts';
import families from './services.json';
import { ascii, canonical } from './words.ts';

/** A service as FOCUS 1.2 names and classifies it. Cloudflare has no mapping of its own: this one is ours, by product family. */
export interface Service {
  name: string;
  category: string;
  subcategory: string;
}

const keyOf = (name: string): string => ascii(name).trim().toLowerCase();
const byId = new Map(families.map((family) => [family.id, family]));
const byName = new Map(families.map((family) => [keyOf(family.name), family]));

/**
 * By the family's id, else by what stands for its name. FOCUS wants one class for each name, so a family that we know has
 * the name we know it by, whatever name came with its id; every other name is "Other".
 */
export function serviceOf(familyId: string | null, familyName: string | null, metricName: string | null): Service {
  const named = [familyName, familyId, metricName].find((name) => name?.trim()) ?? 'Unknown';
  const known = byId.get(familyId ?? '') ?? byName.get(keyOf(named));
  return known ?? { name: ascii(named), category: 'Other', subcategory: 'Other (Other)' };
}

/** The classes of FOCUS 1.2; each has one more, `Other (…)`. */
const classes: Readonly<Record<string, readonly string[]>> = {
  'AI and Machine Learning': ['AI Platforms', 'Bots', 'Generative AI', 'Machine Learning', 'Natural Language Processing'],
  Analytics: ['Analytics Platforms', 'Business Intelligence', 'Data Processing', 'Search', 'Streaming Analytics'],
  'Business Applications': ['Productivity and Collaboration'],
  Compute: ['Containers', 'End User Computing', 'Quantum Compute', 'Serverless Compute', 'Virtual Machines'],
  Databases: [
    'Caching',
    'Data Warehouses',
    'Ledger Databases',
    'NoSQL Databases',
    'Relational Databases',
    'Time Series Databases',
  ],
  'Developer Tools': [
    'Developer Platforms',
    'Continuous Integration and Deployment',
    'Development Environments',
    'Source Code Management',
    'Quality Assurance',
  ],
  Identity: ['Identity and Access Management'],
  Integration: ['API Management', 'Messaging', 'Workflow Orchestration'],
  'Internet of Things': ['IoT Analytics', 'IoT Platforms'],
  'Management and Governance': [
    'Architecture',
    'Compliance',
    'Cost Management',
    'Data Governance',
    'Disaster Recovery',
    'Endpoint Management',
    'Observability',
    'Support',
  ],
  Media: ['Content Creation', 'Gaming', 'Media Streaming', 'Mixed Reality'],
  Migration: ['Data Migration', 'Resource Migration'],
  Mobile: [],
  Multicloud: ['Multicloud Integration'],
  Networking: [
    'Application Networking',
    'Content Delivery',
    'Network Connectivity',
    'Network Infrastructure',
    'Network Routing',
    'Network Security',
  ],
  Other: [],
  Security: ['Secret Management', 'Security Posture Management', 'Threat Detection and Response'],
  Storage: ['Backup Storage', 'Block Storage', 'File Storage', 'Object Storage', 'Storage Platforms'],
  Web: ['Application Platforms'],
};

/** The service as its records name and class it, as far as FOCUS 1.2 has that class; else as it was found otherwise. */
export function serviceAsSaid(said: SaidService, found: Service): Service {
  const category = canonical(Object.keys(classes), said.ServiceCategory) ?? found.category;
  const rest = `Other (${category})`;
  return {
    name: said.ServiceName?.trim() ? ascii(said.ServiceName) : found.name,
    category,
    subcategory:
      canonical([...(classes[category] ?? []), rest], said.ServiceSubcategory) ??
      (category === found.category ? found.subcategory : rest),
  };
}
