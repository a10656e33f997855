import { startServer } from '/tmp/wt/openapi/scripts/check-api/start-server.ts';
import { spawn } from 'node:child_process';
const s = await startServer();
console.log(s.url, s.token);
const c = spawn('/tmp/wt/openapi/.cache/api-check/bin/schemathesis', ['run', `${s.url}/openapi.json`, '--header', `Authorization: Bearer ${s.token}`, '--checks','all','--max-examples', process.argv[2] ?? '10', '--request-timeout','40', '--continue-on-failure', ...process.argv.slice(3)], { stdio: 'inherit', cwd: '/tmp/openapi/st' });
c.on('close', async () => { await s.close(); process.exit(); });
