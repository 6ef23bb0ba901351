// In the place of the thread that finishes recordings: the same, struck where KILL_AT says.
import { FILE_POINTS, watchFiles } from './killFiles.ts';

const point = FILE_POINTS[process.env['KILL_AT'] ?? ''];
if (point) watchFiles(point);
await import('../../../server/media/finish/finishingWorker.ts');
