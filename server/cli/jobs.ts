import { Command } from 'commander';
import { JOB_STATES, type JobState } from '../../shared/api/jobs.ts';
import { toWireJob } from '../api/routes/jobs.ts';
import { readConfig } from '../config.ts';
import { openContext } from '../context.ts';
import type { JobQueue, JobRecord } from '../jobs/job-queue.ts';
import { OperatorError } from '../operator-error.ts';
import { printJson, printLine } from './output.ts';

export function jobsCommand(): Command {
  const jobs = new Command('jobs').description(
    'comparisons, trainings and recommendations that were asked for as jobs',
  );
  jobs
    .command('list')
    .description('the newest jobs')
    .option('--state <state>', JOB_STATES.join(' | '))
    .option('--json', 'one object per line', false)
    .action((flags: { state?: string; json: boolean }) => {
      const { state } = flags;
      if (state !== undefined && !isJobState(state))
        throw new OperatorError(`there is no state "${state}": choose of ${JOB_STATES.join(', ')}`);
      return withQueue(async (queue) => {
        for (const job of await queue.list(state === undefined ? {} : { state })) {
          if (flags.json) printJson(toWireJob(job));
          else printLine(describe(job));
        }
      });
    });
  jobs
    .command('show')
    .description('one job with its result')
    .argument('<id>')
    .option('--json', 'as one line of JSON', false)
    .action((id: string, flags: { json: boolean }) =>
      withQueue(async (queue) => {
        const job = await queue.get(id);
        if (job === null) throw unknownJob(id);
        if (flags.json) printJson(toWireJob(job));
        else printLine(JSON.stringify(toWireJob(job), null, 2));
      }),
    );
  for (const verb of ['retry', 'cancel'] as const) {
    jobs
      .command(verb)
      .description(verb === 'retry' ? 'run a failed job again' : 'stop a job that waits or runs')
      .argument('<id>')
      .action((id: string) =>
        withQueue(async (queue) => {
          if (!(await queue[verb](id))) throw unknownJob(id);
          printLine(`${id}: ${verb === 'retry' ? 'waiting again' : 'cancelled'}`);
        }),
      );
  }
  return jobs;
}

async function withQueue(work: (queue: JobQueue) => Promise<void>): Promise<void> {
  const context = await openContext(readConfig());
  try {
    await work(context.queue);
  } finally {
    await context.close();
  }
}

function isJobState(text: string): text is JobState {
  return (JOB_STATES as readonly string[]).includes(text);
}

function unknownJob(id: string): OperatorError {
  return new OperatorError(`there is no job ${id} to do that with: "magpie jobs list" shows what there is`);
}

function describe(job: JobRecord): string {
  return `${job.id}  ${job.name}  ${job.state}${job.error === null ? '' : `: ${job.error}`}  ${job.createdAt.toISOString()}`;
}
