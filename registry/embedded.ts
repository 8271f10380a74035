export { startEmbeddedPostgres } from './embedded/start.ts';
