import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { env } from '../aws/env.ts';
import type { Clock } from '../core/ports.ts';
import { millisecondsOf } from '../core/time.ts';
import type { Instant } from '../core/time.ts';
import { createActivity } from './activity.ts';
import { buildResources, buildSources, ownClient } from './build.ts';
import { pluginOf } from './calls.ts';
import { createClock } from './clock.ts';
import { applyCustomResources } from './custom-resources.ts';
import { startDynamo } from './engines/dynamo.ts';
import { startKms } from './engines/kms.ts';
import { startMail } from './engines/mail.ts';
import type { Mail, MailOutcome, ReceivedMail } from './engines/mail.ts';
import { localAccount, startMessages } from './engines/messages.ts';
import { startWorkflow } from './engines/workflow.ts';
import type { Execution } from './engines/workflow.ts';
import { createFaults } from './faults.ts';
import type { Fault } from './faults.ts';
import { startFront } from './front.ts';
import { createFunctions } from './functions.ts';
import type { Invoked, Witness } from './functions.ts';
import { captureLogs } from './logs.ts';
import type { LogLine } from './logs.ts';
import { createMeter } from './meter.ts';
import type { Usage } from './meter.ts';
import { createRunner } from './runner.ts';
import type { Runner } from './runner.ts';
import { checkSafety, dynamoEndpoint, localEnvironment, mergeEnvironments, occupyEnvironment } from './safety.ts';
import { readTicks } from './schedules.ts';
import { openState } from './state.ts';
import { earliestDue } from './tables.ts';
import { createTaskRunner } from './tasks.ts';
import { readAssembly } from './template/assembly.ts';
import { bucketName, functionArn, kinds } from './template/identity.ts';
import { functionMetadata, readParts } from './template/parts.ts';
import { createResolver } from './template/resolve.ts';
import { readRoutes } from './template/routes.ts';
import { createTrail } from './trail.ts';
import type { TrailRecord } from './trail.ts';
import { createWrites } from './writes.ts';

export type PlatformOptions = {
  /** Folder of synthesized templates, `cdk.out`. */
  readonly assembly: string;
  /** Where kept data lives. Needed when `keep` is true; otherwise left alone. */
  readonly dataFolder?: string;
  /** Whether tables, keys, messages, mails, trail and time outlive this run. Default false: nothing stays. */
  readonly keep?: boolean;
  /** The virtual time to begin at. Kept data goes on from its own time instead. */
  readonly startAt: Instant;
  /** Holds each function's folder. Default: functions/ of this project. */
  readonly functions?: string;
  /** Told of each invocation that ended: function, duration and the error's name. */
  readonly observe?: (invoked: Invoked) => void;
  /** Told what went into each invocation and what came out of it. */
  readonly witness?: Witness;
  /** Whether schedules other than `rate(1 minute)` come at each midnight, UTC. Default true. */
  readonly dailySchedules?: boolean;
  /** Ports of the API and the mail viewer. Default 0, any free port. */
  readonly ports?: { readonly api?: number; readonly mail?: number };
};

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body read as JSON, or its text where it is none. */
  readonly body: unknown;
};

/** The whole of Sendwell in this process. */
export type Platform = Runner & {
  /** Stands still but for {@link Runner.runUntil}. */
  readonly clock: Clock;
  /** Base URLs on the loopback interface. `mail` shows the mails to a browser. */
  readonly urls: { readonly api: string; readonly mail: string; readonly dynamo: string };
  /** Asks the API over HTTP. A body that is no text is sent as JSON. */
  readonly call: (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
  Promise<ApiAnswer>;
  /** Invokes a function by the name of its folder. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  /** A copy of what was used since the start or the last reset. */
  readonly meter: () => Usage;
  readonly resetMeter: () => void;
  /** Who used which key and which item of a table with PHI, oldest first. */
  readonly trail: () => readonly TrailRecord[];
  /** Oldest first. */
  readonly mails: () => readonly Mail[];
  /** Says what becomes of mail to an address from now on. */
  readonly decideMail: (outcomeFor: (address: string) => MailOutcome) => void;
  /** A mail from outside comes in; false where nobody here receives mail to that address. */
  readonly receiveMail: (mail: ReceivedMail) => Promise<boolean>;
  /** Every object of every bucket, by name. */
  readonly objects: () => ReadonlyMap<string, string>;
  /** With input, output and history, oldest first. */
  readonly executions: () => readonly Execution[];
  /** What functions wrote to stdout, stderr and the console. */
  readonly logs: () => readonly LogLine[];
  /** Crashes an invocation, or this process, at a call to come. */
  readonly inject: (fault: Fault | undefined) => void;
  /** Calls of all SDK clients of all functions so far. */
  readonly externalCalls: () => number;
  /** Waits for what is in flight, then ends every engine and gives the environment back. Kept data stays. */
  readonly stop: () => Promise<void>;
};

const projectFunctions = fileURLToPath(new URL('../../functions', import.meta.url));

const bodyOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/**
 * Starts the platform: reads the templates, starts the engines on free ports of the loopback interface, makes what the
 * templates declare, binds the functions, and publishes the journeys through their custom resources.
 *
 * One platform at a time: functions find their tables in the environment of the process.
 *
 * @throws SendwellError `local.unsafe` when real AWS credentials or endpoints are in sight.
 * @throws SendwellError `local.unsupported` when this machine has no DynamoDB engine and names none.
 * @throws Error when a template asks for what the local platform does not know, or a custom resource fails.
 */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  checkSafety(process.env);
  const { assembly: assemblyFolder, dataFolder, keep = false, startAt, ports = {} } = options;
  if (keep && dataFolder === undefined) throw new Error('kept data needs a folder');
  const kept = (...path: string[]): string | undefined => (keep ? join(dataFolder ?? '', ...path) : undefined);
  const endings: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  const started = async <T extends { readonly stop: () => Promise<void> }>(engine: Promise<T>): Promise<T> => {
    const running = await engine;
    endings.push(running.stop);
    return running;
  };
  const at = <K extends string>(name: K, value: string | undefined): { [P in K]?: string } =>
    (value === undefined ? {} : { [name]: value }) as { [P in K]?: string };

  try {
    const assembly = readAssembly(assemblyFolder);
    const { region } = assembly;
    const activity = createActivity();
    const state = openState({ now: startAt, checkpoints: {}, openBatches: {}, customResources: {} }, kept('state.json'));
    const clock = createClock(state.get().now, activity, (now) => state.set({ now }));
    const meter = createMeter();
    const faults = createFaults();
    const writes = createWrites();
    const trail = createTrail({
      now: clock.now,
      region,
      tables: () => [process.env[env.contactsTable] ?? '', process.env[env.contactKeysTable] ?? ''],
      ...at('file', kept('trail.ndjson')),
    });

    const theirs = process.env[dynamoEndpoint] ?? '';
    const dynamoUrl = theirs === '' ? (await started(startDynamo(kept('tables')))).url : theirs;
    const messages = await started(startMessages(region, kept('messages')));
    const kms = await started(startKms((call) => {
      meter.count('kms', call.operation);
      trail.kms(call);
    }, kept('keys.json')));
    const mail = await started(startMail({
      activity,
      now: clock.now,
      publish: async (topic, message) => {
        meter.usage.sns += 1;
        await messages.publish(topic, message);
      },
      observe: (what) => {
        meter.usage.ses[what === 'event' ? 'events' : what] += 1;
      },
      port: ports.mail ?? 0,
      ...at('folder', kept('mails')),
    }));

    const functions = createFunctions({
      activity,
      clock,
      pluginFor: (name) => pluginOf(name, [faults.wrapper, writes.wrapper, meter.wrapper, trail.wrapper]),
      folder: options.functions ?? projectFunctions,
      witness: options.witness,
      observe: (invoked) => {
        meter.count('invocations', invoked.function);
        if (invoked.error !== undefined) meter.count('failures', invoked.function);
        options.observe?.(invoked);
      },
    });
    const workflow = await started(startWorkflow({
      activity,
      now: () => millisecondsOf(clock.now()),
      runTask: createTaskRunner(functions.invoke),
      observe: (what) => {
        meter.usage[what === 'execution' ? 'executions' : 'stateTransitions'] += 1;
      },
    }));

    const parts = readParts(assembly, createResolver(assembly, kinds(messages.queueUrl), localAccount));
    const entries = parts.Function.filter(({ metadata }) => typeof metadata[functionMetadata] === 'string')
      .map(({ place, metadata, properties }) => ({
        arn: functionArn(place),
        name: String(metadata[functionMetadata]),
        variables: properties.Environment?.Variables ?? {},
      }));
    const endpoints = { dynamo: dynamoUrl, workflow: workflow.url, messages: messages.url, kms: kms.url, mail: mail.url };
    endings.push(occupyEnvironment({
      ...mergeEnvironments(entries.map((entry) => entry.variables)), ...localEnvironment(region, endpoints),
    }));
    const engines = { dynamoUrl, messages, kms, mail, workflow };
    const streamArns = await buildResources(parts, region, engines);
    const logs = captureLogs();
    endings.push(logs.release);
    for (const { arn, name } of entries) await functions.load(arn, name);

    const { queues, streams } = buildSources({
      parts, region, engines, streams: streamArns, writes: writes.of, state, activity, invoke: functions.invoke,
      observe: (operation) => meter.count('sqs', operation),
    });
    const client = new DynamoDBClient(ownClient(region, dynamoUrl));
    endings.push(() => client.destroy());
    const front = await started(startFront({
      routes: readRoutes(parts), invoke: functions.invoke, now: clock.now, account: localAccount, port: ports.api ?? 0,
    }));
    const journeysTable = process.env[env.journeysTable];
    const runner = createRunner({
      activity,
      clock,
      queues,
      streams,
      ticks: readTicks(parts),
      invoke: functions.invoke,
      earliestDue: () => (journeysTable === undefined ? Promise.resolve(undefined) : earliestDue(client, journeysTable)),
      dailySchedules: options.dailySchedules ?? true,
    });
    endings.push(() => activity.idle());
    await applyCustomResources({ parts: parts.Custom, invoke: functions.invoke, state });
    await runner.settle();

    return {
      ...runner,
      clock,
      urls: { api: front.url, mail: mail.url, dynamo: dynamoUrl },
      call: async (method, path, body, headers = {}) => {
        const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
        const answer = await fetch(`${front.url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          redirect: 'manual',
          ...(text === undefined ? {} : { body: text }),
        });
        return {
          status: answer.status, headers: Object.fromEntries(answer.headers), body: bodyOf(await answer.text()),
        };
      },
      invoke: (name, event) => {
        const entry = entries.find((one) => one.name === name);
        if (entry === undefined) throw new Error(`the templates have no function ${name}`);
        return functions.invoke(entry.arn, event);
      },
      meter: () => structuredClone(meter.usage),
      resetMeter: meter.reset,
      trail: trail.records,
      mails: mail.mails,
      decideMail: mail.decide,
      receiveMail: mail.receive,
      objects: () => new Map(parts.Bucket.flatMap(({ place }) => [...messages.objects(bucketName(place))])),
      executions: workflow.executions,
      logs: logs.lines,
      inject: faults.inject,
      externalCalls: faults.externalCalls,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Throws kept data away. */
export const clearData = (dataFolder: string): void => rmSync(dataFolder, { recursive: true, force: true });
