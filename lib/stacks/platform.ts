import type { App } from 'aws-cdk-lib';
import { Api } from './api.ts';
import type { Configuration } from './configuration.ts';
import { Data } from './data.ts';
import { Engine } from './engine.ts';
import { Journeys } from './journeys.ts';
import { Keys } from './keys.ts';
import { Messaging } from './messaging.ts';
import type { ShippedJourneys } from './shipped.ts';

/** Every stack of one deployment. */
export type Platform = {
  readonly keys: Keys;
  readonly data: Data;
  readonly messaging: Messaging;
  readonly engine: Engine;
  readonly journeys: Journeys;
  readonly api: Api;
};

/** Builds the stacks of a deployment, for whatever account and Region the deploying credentials belong to. */
export const buildPlatform = (
  app: App,
  configuration: Configuration,
  { versions, segments, events }: ShippedJourneys,
): Platform => {
  const { prefix, sendingDomain, express, receiveUnsubscribes, organisation: { unsubscribeMailbox, renewals } } = configuration;
  if (renewals !== undefined && versions.every(({ journey }) => journey !== renewals.journey)) {
    throw new Error(`organisation.renewals.journey: there is no journey ${renewals.journey}; name one of those that are deployed, or leave renewals out`);
  }
  const organisation = JSON.stringify(configuration.organisation);
  const keys = new Keys(app, 'Keys', { stackName: `${prefix}-keys`, prefix });
  const key = keys.data;
  const data = new Data(app, 'Data', { stackName: `${prefix}-data`, key });
  const messaging = new Messaging(app, 'Messaging', {
    stackName: `${prefix}-messaging`, key, sendingDomain, unsubscribeMailbox: receiveUnsubscribes ? unsubscribeMailbox : undefined,
  });
  const shared = { prefix, organisation, keys, data };
  const engine = new Engine(app, 'Engine', { stackName: `${prefix}-engine`, ...shared, messaging, noticesRenewals: renewals !== undefined });
  const journeys = new Journeys(app, 'Journeys', { stackName: `${prefix}-journeys`, prefix, key, engine, versions, segments, events, express });
  const api = new Api(app, 'Api', { stackName: `${prefix}-api`, ...shared, engine });
  return { keys, data, messaging, engine, journeys, api };
};
