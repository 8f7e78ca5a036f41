import type { OrganizationKey } from './organizations.ts';

const list = (text: string) => text.split('|').map((name) => name.trim());

/** The members of one organization. Invited people are shown by address: they have no name here yet. */
export interface DemoMembers {
  readonly active: readonly string[];
  /** Address without its domain, or with one of its own, and the age of the invitation in days. */
  readonly pending: readonly (readonly [string, number])[];
  /** Name, and how many days ago the invitation was turned down or ran out. */
  readonly rejected: readonly (readonly [string, number])[];
  readonly canceled: readonly (readonly [string, number])[];
}

const nobody: readonly never[] = [];

/** 180 memberships: 146 active, 22 pending, the rest rejected or canceled. */
export const demoMembers: Readonly<Record<OrganizationKey, DemoMembers>> = {
  larkfield: {
    active:
      list(`Ines Halloran | Theo Marchetti | Saoirse Quinlan | Anselm Dubois | Rosalind Achterberg | Gideon Okafor | Marta Olander
      | Yusuf Harkness | Linnea Coldbeck | Otis Ramaswamy | Fenna Dempster | Hugo Brightling`),
    pending: [['e.rackham', 9]],
    rejected: nobody,
    canceled: [['Piers Underhill', 64]],
  },
  direct: {
    active: ['Selma Birkett'],
    pending: [
      ['d.maddern', 21],
      ['n.fosdyke', 6],
    ],
    rejected: [['Alwyn Tregear', 41]],
    canceled: nobody,
  },
  americas: {
    active:
      list(`Harlan Vasquez | Juno Whitcombe | Marisol Ibarra | Ezra Lockwood | Paloma Sandoval | Quentin Osei | Delphine Moreau
      | Tomas Rivington`),
    pending: nobody,
    rejected: nobody,
    canceled: nobody,
  },
  redfern: {
    active:
      list(`Dana Whitlock | Wade Hollister | Carmen Estrada-Voss | Boone Aldersey | Lupe Marchbanks | Travis Oakley | Rhea Winterbourne
      | Emmett Straker | Josefina Pell | Clyde Barrowman | Odessa Finch | Silas Quarmby | Nora Tillery | Beau Fairclough | Ximena Roark
      | Hollis Pemberley | Tess Ravenel | Jericho Stroud | Ada Merriweather | Cruz Delgado-Finn | Willa Crane | Otto Sandifer`),
    pending: [
      ['m.thorne', 16],
      ['j.abbot', 4],
    ],
    rejected: nobody,
    canceled: nobody,
  },
  redfernHealth: {
    active: list(
      `Dana Whitlock | Priscilla Yoakum | Leland Frost | Noemi Arrieta | Garrett Sumner | Opal Hennessy | Rufus Keane | Talia Brandeis`,
    ),
    pending: [['s.lindholm', 3]],
    rejected: nobody,
    canceled: nobody,
  },
  tallgrass: {
    active:
      list(`Wren Castellanos | Amos Lindgren | Bettina Krause | Dale Harrow | Eunice Voss | Floyd Nakamura | Greta Solberg-Hale
      | Ike Tannenbaum | June Prairie | Kurt Osterman | Lena Whitehorse | Milo Strand | Nell Oxley | Orson Pike | Petra Vandermeer
      | Roy Dunning`),
    pending: [['a.coteau', 11]],
    rejected: nobody,
    canceled: [['Vern Haskell', 88]],
  },
  apac: {
    active: ['Keiko Thistlewood'],
    pending: [
      ['r.narayan', 19],
      ['l.ueda', 8],
    ],
    rejected: nobody,
    canceled: [['Marcus Tan-Wilder', 132]],
  },
  kowhai: {
    active: ['Aroha Ngata-Bell'],
    pending: [
      ['t.harawira', 22],
      ['m.pohatu', 17],
      ['s.wickliffe', 15],
      ['j.rangi', 1],
    ],
    rejected: [
      ['Hemi Strathmore', 33],
      ['Bronwyn Tīeke', 71],
    ],
    canceled: [['Niko Faleolo', 25]],
  },
  sunda: {
    active:
      list(`Dayu Prasetya | Bayu Wirahadi | Citra Anggraini-Putih | Eko Samudera | Fitri Lestarina | Gilang Mahawira | Hesti Kirana
      | Indra Bayuaji | Joko Tirtasari | Kartika Puspa-Ayu | Laras Widuri | Made Sukarnadi | Nyoman Arsana`),
    pending: [['o.setiaji', 7]],
    rejected: nobody,
    canceled: nobody,
  },
  emea: {
    active: list(
      `Ines Halloran | Cosmo Delacourt | Branwen Ellis-Hart | Jelena Varga | Idris Netherby | Maeve Corrigan | Stellan Kettlewell`,
    ),
    pending: [['f.heikkila', 5]],
    rejected: [['Ottoline Grimsdale', 57]],
    canceled: nobody,
  },
  brightwater: {
    active:
      list(`Aoife Brannigan | Kavya Menon | Marek Szalai | Chidi Okonkwo | Bea Fontaine | Hamish Orr | Priya Raman | Imogen Tarrant
      | Elif Sarraf | Tobias Wren | Una Fairweather | Ravi Dhillon-Moss | Sefa Kaldor`),
    pending: [
      ['k.tarn', 10],
      ['m.yeo', 1.86],
      ['r.selby', 0.0143],
    ],
    rejected: nobody,
    canceled: [['Peg Nuttall', 0.0143]],
  },
  publicSector: {
    active: list('Dmitri Valk | Jonas Reuter | Nadia Benali | Juno Quill | Aoife Brannigan | Huw Pendry'),
    pending: [['l.abara', 5]],
    rejected: [['Sid Garrow', 96]],
    canceled: nobody,
  },
  schools: {
    active: ['Gwen Parry'],
    pending: [
      ['t.marsh@brightwater.example', 23],
      ['j.oldroyd', 18],
    ],
    rejected: [['Dilys Crowther', 47]],
    canceled: [['Ned Sutcliffe', 30]],
  },
  retail: {
    active:
      list(`Callum Ashdown | Oskar Brandt | Freya Lindqvist | Lorcan Doyle | Aoife Brannigan | Bea Fontaine | Shanice Addo-Reeve
      | Pippa Lomax | Gethin Marlow`),
    pending: nobody,
    rejected: nobody,
    canceled: nobody,
  },
  montclar: {
    active:
      list(`Solène Vidalie | Bastien Cazenave | Amandine Roqueblave | Étienne Lauzerte | Clarisse Peyrolle | Guilhem Fabrègue
      | Inès Montagnac | Joris Alibert-Roux | Léonie Castanet | Mathis Rouvière | Océane Delmasse | Rémi Toulzac`),
    pending: [['v.sarlat', 20]],
    rejected: nobody,
    canceled: nobody,
  },
  ostrand: {
    active:
      list(`Astrid Nordvik | Bjørn Halleraker | Cecilie Fossheim | Dag Tveitane | Eirik Solbakken | Frida Myklestad | Gunnar Isfjell
      | Hedda Ravndal | Ivar Stormoen | Jorunn Lyngstad | Kjersti Breivang | Lars Odden-Vik | Magnhild Skar | Nils Eikrem | Oda Trollvik
      | Pål Hjelmeland`),
    pending: nobody,
    rejected: nobody,
    canceled: nobody,
  },
};

/** When somebody joined, by name and organization, where a picture shows it. */
export const knownJoining: Readonly<Record<string, string>> = {
  'Ines Halloran/larkfield': '2024-03-11',
  'Ines Halloran/emea': '2024-03-11',
  'Dana Whitlock/redfern': '2024-04-18',
  'Dana Whitlock/redfernHealth': '2025-02-06',
  'Aoife Brannigan/brightwater': '2024-04-02',
  'Bea Fontaine/brightwater': '2024-05-16',
  'Bea Fontaine/retail': '2026-11-18',
  'Callum Ashdown/retail': '2025-01-15',
  'Chidi Okonkwo/brightwater': '2024-04-19',
  'Dmitri Valk/publicSector': '2024-10-03',
  'Elif Sarraf/brightwater': '2025-03-27',
  'Freya Lindqvist/retail': '2025-02-10',
  'Gwen Parry/schools': '2025-08-27',
  'Hamish Orr/brightwater': '2024-07-01',
  'Imogen Tarrant/brightwater': '2024-11-12',
  'Jonas Reuter/publicSector': '2025-06-05',
  'Kavya Menon/brightwater': '2024-04-02',
  'Lorcan Doyle/retail': '2025-04-24',
  'Marek Szalai/brightwater': '2024-04-02',
  'Nadia Benali/publicSector': '2025-09-11',
  'Oskar Brandt/retail': '2025-02-03',
  'Priya Raman/brightwater': '2024-08-20',
  'Wren Castellanos/tallgrass': '2025-05-19',
  'Dayu Prasetya/sunda': '2025-09-08',
  'Ezra Lockwood/americas': '2025-10-06',
  'Silas Quarmby/redfern': '2025-11-03',
  'Willa Crane/redfern': '2026-06-15',
  'Nyoman Arsana/sunda': '2026-02-23',
  'Rémi Toulzac/montclar': '2026-03-30',
  'Nils Eikrem/ostrand': '2026-09-01',
};

/** Eleven active members without a second factor (or with single sign-on). */
export const twoFactorOff: ReadonlySet<string> = new Set([
  'Hamish Orr',
  'Callum Ashdown',
  'Oskar Brandt',
  'Wren Castellanos',
  'Dayu Prasetya',
  'Ezra Lockwood',
  'Silas Quarmby',
  'Willa Crane',
  'Nyoman Arsana',
  'Rémi Toulzac',
  'Nils Eikrem',
]);

export const twoFactorUnknown: ReadonlySet<string> = new Set([
  'Odessa Finch',
  'Kurt Osterman',
  'Léonie Castanet',
  'Magnhild Skar',
]);

/** Where somebody works, when it is not the organization they stand in first. */
export const ownDomain: Readonly<Record<string, string>> = {
  'Dana Whitlock': 'redfern.example',
  'Gwen Parry': 'cvschools.example',
};
