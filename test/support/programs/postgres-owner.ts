import { startEmbeddedPostgres } from '../../../registry/embedded.ts';

// Starts a server, says where, and waits to be killed.
const [folder] = process.argv.slice(2);
const server = await startEmbeddedPostgres(folder === undefined ? {} : { folder });
console.log(JSON.stringify({ url: server.url }));
setInterval(() => undefined, 1000);
