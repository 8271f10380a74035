// What asks databases, PostgreSQL's client with it. Few runs have one to ask: in the bundle it is a file of its own, loaded when it is imported.
export { countOnServer } from '../impact/count-on-server.ts';
export { readRecords } from '../impact/read-records.ts';
export { describeScanFailure } from '../impact/session.ts';
export { openCatalog } from '../sql/open-catalog.ts';
