// `npm run doctor`: looks at the machine and the configuration, changes nothing, says what to do.
import { ConfigError, loadConfig } from '../server/config.ts';
import type { Config } from '../server/config.ts';
import { checkAddress } from './doctor/address.ts';
import { checkClock, watchClock } from './doctor/clock.ts';
import { checkDisk } from './doctor/disk.ts';
import { formatLine, red, yellow } from './doctor/line.ts';
import type { Line } from './doctor/line.ts';
import { checkPorts } from './doctor/ports.ts';
import { checkFfmpeg, checkNode, checkWorker } from './doctor/programs.ts';
import { checkTls } from './doctor/tls.ts';
import { checkTurn } from './doctor/turn.ts';
import type { Env } from './paths.ts';

const lines = await examine(process.env);
for (const line of lines) console.log(formatLine(line, process.stdout.isTTY));
const reds = lines.filter(({ light }) => light === 'red').length;
console.log(reds === 0 ? '\nReady.' : `\n${reds} to put right.`);
process.exit(reds === 0 ? 0 : 1);

async function examine(env: Env): Promise<Line[]> {
  const jumped = watchClock();
  const configured = readConfig(env);
  const [worker, ffmpeg, rest] = await Promise.all([
    checkWorker(env),
    checkFfmpeg(env),
    'mistakes' in configured ? Promise.resolve(configured.mistakes) : checkConfigured(configured),
  ]);
  return [checkNode(), worker, ffmpeg, ...rest, await checkClock(env, jumped)];
}

/** Everything that depends on how the server is configured. */
async function checkConfigured(config: Config): Promise<Line[]> {
  const [ports, turn] = await Promise.all([checkPorts(config), checkTurn(config)]);
  return [
    ...config.warnings.map((text) =>
      yellow('configuration', text, 'Set TLS_CERT and TLS_KEY, or PUBLIC_URL and TRUST_PROXY.'),
    ),
    ...ports,
    checkAddress(config),
    ...turn,
    checkTls(config),
    checkDisk('DATA_DIR', config.dataDir),
    checkDisk('RECORDINGS_DIR', config.recordingsDir),
  ];
}

function readConfig(env: Env): Config | { mistakes: Line[] } {
  try {
    return loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const cure = 'Correct this key; the lines that depend on the configuration come after that.';
    return { mistakes: error.mistakes.map((text) => red('configuration', text, cure)) };
  }
}
