import { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import { clientFiles } from './client-files.ts';
import { answerPreflight, cors } from './cors.ts';
import { documentation } from './documentation.ts';
import { jsonAnswers } from './json-answers.ts';
import { KeptMatches } from './kept-matches.ts';
import { limitBody } from './limit-body.ts';
import { nothingHere } from './nothing-here.ts';
import { observeRequests } from './observe-requests.ts';
import type { ApiParts } from './parts.ts';
import { answerProblem, ProblemError, validationProblem } from './problem.ts';
import { checkRequestShape } from './request-shape.ts';
import { revalidatePolled } from './revalidated.ts';
import { changeRoutes } from './routes/changes.ts';
import { comparisonRoutes } from './routes/comparison.ts';
import { deviceModelRoutes } from './routes/device-models.ts';
import { deviceRoutes } from './routes/devices.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { imageRoutes } from './routes/images.ts';
import { jobRoutes } from './routes/jobs.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { peopleRoutes } from './routes/people.ts';
import { productRoutes } from './routes/products.ts';
import { recommendationRoutes } from './routes/recommendations.ts';
import { sessionRoutes } from './routes/session.ts';
import { shopperRoutes } from './routes/shoppers.ts';
import { trainingRoutes } from './routes/training.ts';
import { watchRoutes } from './routes/watches.ts';
import { secureHeaders } from './secure-headers.ts';
import { inTurn } from './steps.ts';

/** The whole HTTP surface: the API, its documentation and the PWA. */
export function createApp(parts: ApiParts): OpenAPIHono {
  const app = new OpenAPIHono({
    router: new KeptMatches(),
    defaultHook: (result) => {
      if (!result.success) throw new ProblemError(validationProblem(result.error));
    },
  });

  app.use(observeRequests(parts));
  app.onError(answerProblem);
  app.use(inTurn(parts.gate.checkHost(), secureHeaders(), answerPreflight(), jsonAnswers(), limitBody()));
  if (parts.corsOrigins.length > 0) app.use(cors(parts.corsOrigins));
  app.use(parts.gate.check(app));
  app.use(inTurn(checkRequestShape(app)));
  revalidatePolled(app);

  recommendationRoutes(app, parts);
  shopperRoutes(app, parts);
  deviceModelRoutes(app, parts);
  comparisonRoutes(app, parts);
  jobRoutes(app, parts);
  productRoutes(app, parts);
  eventRoutes(app, parts);
  watchRoutes(app, parts);
  changeRoutes(app, parts);
  peopleRoutes(app, parts);
  deviceRoutes(app, parts);
  trainingRoutes(app, parts);
  sessionRoutes(app, parts);
  imageRoutes(app, parts);
  healthRoutes(app, parts);
  parts.moreRoutes?.(app);
  // What follows is text whose length is not known: files, pages, metrics.
  app.use(compress());
  metricsRoutes(app, parts);
  documentation(app, parts);
  if (parts.clientDir !== null) clientFiles(app, parts.clientDir);

  app.notFound(nothingHere(app));
  return app;
}
