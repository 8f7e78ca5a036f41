import type { OrganizationKey } from './organizations.ts';

const list = (text: string) => text.split('|').map((name) => name.trim());

/** The 320 accounts by organization. Every company, school and council is invented. */
export const accountNames: Readonly<Record<OrganizationKey, readonly string[]>> = {
  larkfield: list('Larkfield Partner Portal | Larkfield Shared Network | Larkfield Status | Larkfield Training'),
  americas: list('Larkfield Americas Shared'),
  apac: [],
  emea: list('Larkfield EMEA Labs | Larkfield EMEA Shared'),
  direct:
    list(`Appleyard Instruments | Bramblewick Press | Coppergate Radio | Dovetail Joinery | Ember & Oak Stoves | Farrier Lane Studios
    | Gullwing Gliders | Hollowell Seeds | Inkwell Typography | Jackdaw Cycles | Kestrel Road Museum | Lanternfish Games
    | Merrow Yacht Club | Netherwood Apiaries`),
  brightwater: list(`Abelard Surveying | Ashgrove Dental Group | Bexcombe Ferries | Brightwater NOC | Callow Hill Brewery
    | Cotterdale Quarries | Dunmarsh Housing | Eastlock Marine | Fallowfield Clinics | Fenwright Engineering | Greyfriars Theatre
    | Harrowgate Kitchens | Inglewhite Dairy | Jesmond Steel Stairs | Kirkstone Water | Langmere Logistics | Marlpit Concrete
    | Northgate Lifts | Otterburn Textiles | Pennard Insurance | Quarrybank Hotels | Rookhope Mining Trust | Saltersgate Foods
    | Tern & Tide Hotels | Ullswick Outdoor | Venn Street Cinemas | Wharfedale Optics | Yarrow Bridge Solicitors | Thornbeck Aggregates
    | Winterset Couriers | Zetland Row Architects`),
  publicSector: list(`Ambleford Borough Council | Ambleford Libraries | Bleaburn Fire & Rescue | Calder Vale Transport
    | Eskmouth Harbour Authority | Grisedale Museums | Hartside Parish Network | Lorton Health Board | Lorton Health Board Intranet
    | Mosedale Planning | Netherdale Parks | Ousby Flood Warning | Penruddock Archives | Ravenglass Port Office | Skelgill Waste Services
    | Threlbeck Leisure | Uldale Housing Register | Whinlatter Ranger Service`),
  schools: list(`CVS Parent Portal | CVS Payroll | CVS Timetables | Hebblefoot Primary | Luddenbrook High | Midgeley Juniors
    | Mytholmroyd Sixth Form | Old Town Infants | Sowerfield Academy`),
  retail: list(`Alder & Finch | Bellwether Shoes | Catkin Toys | Elderflower Pantry | Foxglove Florists | Gannet Coffee
    | Hazel & Rye Bakers | Juniper Lane Candles | Kingfisher Stationers | Larch Furniture | Mulberry Row Menswear | Nettle & Thread
    | Oakapple Books | Primrose Hill Lighting | Quince Preserves | Rosehip Beauty | Sorrel Garden Centres | Teasel Wools
    | Umber Ceramics | Vetch Pet Supplies | Willowherb Tea | Yew Tree Hardware`),
  redfern:
    list(`Arroyo Freight | Basin Ridge Credit Union | Big Cedar Lumber | Bluebonnet Title | Brazos Bend Outfitters | Caprock Wind
    | Cimarron Dental Labs | Concho Valley Feed | Cottonwood Pediatrics | Dry Creek Vineyards | Dust Devil Athletics | Eagle Nest Roofing
    | Flint Hill Surveyors | Three Crows Saddlery | Frontera Produce | Gristmill Bakery Group | Gulf Prairie Pipe | Halcyon Post
    | High Plains Irrigation | Indigo Bluffs Resorts | Javelina Motors | Juniper Gap Realty | Lamplight Studios | Lariat Payments
    | Limestone Ledger | Llano Cold Storage | Longhorn Crossing Mall | Mesquite Grove Homes | Mustang Draw Oilfield | Nine Mile Brewing
    | Paloma Air Charter | Panhandle Seed | Pecan Street Theatre | Plainsman Tractor | Quartz Mountain Tours | Rattlesnake Coffee
    | Red Mesa Title | Rimrock Analytics | Rio Brisa Hotels | Roadrunner Parcel | Saltgrass Grill | Sandhill Telephone | Shinnery Gas
    | Silver Spur Insurance | Stockyard Leather | Sundown Drive-Ins | Sweetwater Legal | Trailhead Sports | Turkey Track Ranches
    | Whitetail Optics | Wildrye Grocers | Windrush Analytics`),
  redfernHealth: list(`Abilene Eye Partners | Bluestem Family Practice | Cedar Brake Imaging | Concho Hearing | Dogwood Dialysis
    | Edwards Plateau Pharmacy | Fort Phantom Therapy | Guadalupe Birth Center | Hill Country Orthopedics | Iron Bridge Dermatology
    | Juniper Allergy | Kiowa Peak Labs | Live Oak Hospice | Mesa Verde Cardiology | Palo Pinto Pediatrics | San Bruma Urgent Care`),
  tallgrass: list(`Bison Stack | Bluestem Domains | Bobolink Mail | Box Turtle Backup | Buffalo Wallow VPS | Bunchgrass Cloud
    | Chinook Commerce | Cordgrass Sites | Coteau Media | Coyote Ridge Servers | Cropduster Ads | Dakota Sky Streaming | Dickcissel DNS
    | Drumlin Data | Elk Prairie Web | Flatwater Hosting | Goldenrod Apps | Grainline Shops | Harvest Moon Blogs | Hayloft Storage
    | Homestead Pages | Kettle Lake Games | Loess Hills Labs | Meadowlark CMS | Milkweed Monitoring | Niobrara Networks | Oxbow Analytics
    | Pheasant Run Sites | Prairie Host A | Prairie Host B | Prairie Host C | Prairie Host D | Prairie Smoke Video | Quail Hollow Web
    | Rolling Barn Radio | Sandreed Builders | Sawgrass Forms | Shelterbelt Security | Silo Nine | Sodhouse Studios | Switchgrass Forums
    | Tumbleweed Tickets | Turnrow Maps | Windbreak WordPress`),
  kowhai: list(`Aroha Skincare | Bluff Oyster Sheds | Fiordland Ferries | Harakeke Weavers | Kākāpō Books | Kererū Couriers
    | Kōwhai Agency | Manuka Ridge Honey | Moana Surf Reports | Otira Rail Tours | Paua & Pine | Pōhutukawa Events | Rimu Joinery
    | Taupō Thermal Pools | Tūī Brewing | Waihou Orchards | Weka Outdoor`),
  sunda: list(`Anggrek Airlines | Bahari Logistik | Batik Pesisir | Bintang Selat Hotels | Bukit Raya Tambang | Cendana Furniture
    | Delima Fintech | Elang Biru Media | Gajah Kencana Travel | Harapan Jaya Marts | Intan Permata Bank | Jalak Bali Games
    | Kapal Cepat Ferries | Kelapa Ungu Mall | Kopi Sumatra Roasters | Krakatau Streaming | Laut Biru Seafood | Lontar Publishing
    | Mangga Dua Elektronik | Melati Apparel | Merapi Outdoor | Mutiara Samar Insurance | Nusa Indah Resorts | Padi Emas Agritech
    | Pelangi Education | Rajawali Delivery | Rempah Foods | Rotan Living | Samudra Shipping | Selat Sunda Port | Surya Telekom
    | Tenun Ikat House | Wayang Animation`),
  montclar: list(`Abeille & Fils | Atelier Corbières | Bastide Voyages | Cassoulet Express | Ciel d'Oc Drones | Domaine Peyrade
    | Éditions Lauragais | Fonderie Saint-Aubin | Garonne Health Réseau | Halles Montclar | Imprimerie Deux-Ponts | Jardins d'Estelle
    | Lumière d'Aude | Maison Tarbouriech | Minervois Énergie | Navettes Garonne | Olivette Cosmétiques | Pastel Toulousain
    | Quai Rouge Cinéma | Radio Cathare | Savonnerie du Lez | Théâtre Sorano-Vert | Transports Alaric | Tropical Foods | Verrerie Montagne-Noire`),
  ostrand:
    list(`Aurland Ferjer | Bergtun Eiendom | Blåskjell Sjømat | Bølgen Kraft | Dalvik Sparebank | Eidsvåg Trelast | Fjellrev Klær
    | Fjordlys Strøm | Fyrtårn Forsikring | Glomdal Bokhandel | Grønnli Hagesenter | Havørn Offshore | Hvitveis Apotek | Isbre Logistikk
    | Jotunfjell Turer | Kvernvik Mølle | Lofotlys Hoteller | Måne Media | Nordlys Radio | Ostrand SOC | Polarsti Utstyr | Rallar Bygg
    | Reinsdyr Reiser | Sildvik Fiskeri | Skogly Skole | Snøkrystall Bryggeri | Solvang Tannklinikk | Tindved Programvare | Trollheim Spill
    | Ulvøya Havn | Vestavind Energi | Østmark Avis`),
};

/** What the pictures of the product show about single accounts. */
export const knownAccounts: Readonly<Record<string, { created?: string; type?: 'standard' | 'enterprise'; enforced?: boolean }>> =
  {
    'Abelard Surveying': { created: '2026-03-09', type: 'standard', enforced: true },
    'Alder & Finch': { created: '2025-09-28', type: 'standard', enforced: true },
    'Ambleford Borough Council': { created: '2025-11-29', type: 'enterprise', enforced: false },
    'Ambleford Libraries': { created: '2025-07-13', type: 'enterprise', enforced: true },
    'Ashgrove Dental Group': { created: '2025-03-23', type: 'enterprise', enforced: true },
    'Bellwether Shoes': { created: '2026-05-05', type: 'enterprise', enforced: true },
    'Bexcombe Ferries': { created: '2024-09-15', type: 'enterprise', enforced: true },
    'Bleaburn Fire & Rescue': { created: '2025-05-13', type: 'standard', enforced: true },
    'Brightwater NOC': { created: '2025-08-25', type: 'standard', enforced: true },
    'Calder Vale Transport': { created: '2025-03-26', type: 'standard', enforced: true },
    'Callow Hill Brewery': { created: '2026-01-30', type: 'enterprise', enforced: true },
    'Catkin Toys': { created: '2026-03-12', type: 'enterprise', enforced: false },
    'Cotterdale Quarries': { created: '2026-07-11', type: 'standard', enforced: true },
    'CVS Parent Portal': { created: '2025-12-25', type: 'enterprise', enforced: true },
    'CVS Payroll': { created: '2026-09-08', type: 'standard', enforced: true },
    'CVS Timetables': { created: '2026-01-22', type: 'enterprise', enforced: false },
    'Dunmarsh Housing': { created: '2024-05-31', type: 'enterprise', enforced: true },
    'Eastlock Marine': { created: '2026-07-06', type: 'enterprise', enforced: true },
    'Elderflower Pantry': { created: '2026-01-16', type: 'enterprise', enforced: true },
    'Eskmouth Harbour Authority': { created: '2026-05-15' },
    'Fallowfield Clinics': { created: '2025-07-17', type: 'standard', enforced: false },
    'Fenwright Engineering': { created: '2025-02-08', type: 'enterprise', enforced: true },
    'Foxglove Florists': { created: '2025-08-11', type: 'enterprise', enforced: true },
    'Gannet Coffee': { created: '2026-11-20', type: 'standard' },
    'Garonne Health Réseau': { created: '2025-01-14', type: 'enterprise' },
    'Greyfriars Theatre': { created: '2024-08-24', type: 'enterprise', enforced: false },
    'Harrowgate Kitchens': { created: '2024-11-14', type: 'standard', enforced: false },
    'Hartside Parish Network': { created: '2024-12-13', type: 'standard' },
    'Hebblefoot Primary': { created: '2025-09-22' },
    'Larkfield Americas Shared': { created: '2024-03-21', type: 'enterprise' },
    'Lorton Health Board': { created: '2024-11-26', type: 'enterprise' },
    'Lorton Health Board Intranet': { created: '2026-09-08' },
    'Luddenbrook High': { created: '2026-07-29', type: 'enterprise' },
    'Midgeley Juniors': { created: '2025-10-17', type: 'standard' },
    'Mytholmroyd Sixth Form': { created: '2026-05-10' },
    'Old Town Infants': { created: '2026-05-28', type: 'enterprise' },
    'Sodhouse Studios': { created: '2026-11-11' },
    'Sowerfield Academy': { created: '2026-02-07', type: 'standard' },
    'Vetch Pet Supplies': { created: '2026-11-05' },
    'Weka Outdoor': { created: '2026-10-28' },
    'Tropical Foods': { type: 'enterprise' },
  };
