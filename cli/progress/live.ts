import { createLogUpdate } from 'log-update';
import type { PacedClock } from '../../local/scaled-clock.ts';
import type { Output } from '../terminal.ts';
import type { Job } from '../../core/jobs/job.ts';
import { liveLines, type LiveState } from './live-lines.ts';
import type { Progress } from './progress.ts';

/** Between two drawings, in milliseconds: fast enough to look alive, slow enough not to flicker. */
const REDRAW_MS = 100;

/** A list that is drawn over itself while the job runs. */
export function liveProgress(job: Job, clock: PacedClock, err: Output): Progress {
  const update = createLogUpdate(err.stream);
  let state: LiveState = { job, speed: clock.speed, frame: 0, now: clock.now() };
  const draw = (changes: Partial<LiveState>) => {
    state = { ...state, now: clock.now(), ...changes };
    // The window may have changed its size.
    update(err.shown(liveLines(state, err.stream.columns || err.width, err.colors).join('\n')));
  };
  const timer = setInterval(() => {
    draw({ frame: state.frame + 1 });
  }, REDRAW_MS);
  return {
    job: (latest) => {
      draw({ job: latest });
    },
    event: (event) => {
      draw({ event });
    },
    outlook: (outlook) => {
      draw({ outlook });
    },
    note: (note) => {
      draw({ note });
    },
    stop() {
      if (state.stopped) return;
      clearInterval(timer);
      draw({ stopped: true });
      update.done();
      err.line();
    },
  };
}
