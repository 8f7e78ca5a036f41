/** Names for invented people. Written by hand, so that none of them is anybody. */
const firstNames = `Aiko Alma Amara Anders Anouk Arlo Astrid Ayodele Beatriz Bjorn Branwen Caius Cedric Chiara Cleo Cosmo Dalia
Dario Delphine Demir Ebba Edda Eero Elodie Emrys Esme Ezra Fabian Farah Fenna Fergus Fleur Gideon Greta Hana Harlan Hedda Hugo Ida Imran
Ingrid Isla Ivo Jaya Jelena Joaquim Juno Kaia Kamal Kasper Keiko Laszlo Leif Leonie Linnea Lucan Mabel Mads Maeve Malik Marisol Matteo
Mina Mirek Naoko Neve Niamh Nilesh Noor Odette Olu Orla Otis Paloma Pavel Petra Quentin Ravi Rhian Rosalind Rune Sabine Sanna Saskia
Selim Signe Soren Stellan Sunniva Tadeo Tamsin Thandi Theo Tilda Tomas Ulla Vanja Vikram Wilma Xanthe Yara Yusuf Zadie Zoltan`.split(
  /\s+/,
);

const lastNames = `Abbot Achterberg Aldersey Amadi Arkwell Asplund Balint Barrowclough Bexley Birkett Blomqvist Bracegirdle Brodie
Carrick Castellan Cheverton Clitheroe Coldbeck Corrigan Dalgaard Dauntsey Delacourt Dempster Drummock Eastwell Eklund Ellerby Fairclough
Fenwick Ferreira Fosdyke Galloway Garrideb Goncalves Grimsdale Haldane Hallewell Harkness Hathersage Heikkila Holloway Ibarra Ingleby
Jankowski Jellicoe Kaldor Karlsen Kettlewell Kirkbride Kovalenko Langridge Lindqvist Lockwood Maddern Marchbanks Mbatha Melville
Middlemass Moravec Narayan Netherby Nwosu Oakeshott Okafor Olander Osei Pemberley Penhaligon Pettersen Quarmby Quist Rackham Ramaswamy
Ravenscroft Rossiter Saltmarsh Sandoval Seabrook Selwyn Sorokin Stavrou Strand Sutcliffe Takeda Tarrant Thistlewood Threlkeld Tremayne
Ueda Underhill Vantongeren Varga Vasquez Wadsworth Whitlam Winterbourne Wroxham Yarrow Yilmaz Zabala`.split(/\s+/);

/** Different people for different numbers, up to about ten thousand. */
export function personName(number: number): string {
  const first = firstNames[number % firstNames.length] ?? 'Robin';
  const last = lastNames[(number * 37 + Math.floor(number / firstNames.length)) % lastNames.length] ?? 'Lane';
  return `${first} ${last}`;
}

/** `Aoife Brannigan` at `brightwater.example` is `a.brannigan@brightwater.example`. */
export function emailOf(name: string, domain: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/[^\w\s-]/g, '')
    .toLowerCase();
  const words = plain.split(/\s+/);
  return `${words[0]?.[0] ?? 'x'}.${words.at(-1) ?? 'x'}@${domain}`;
}
