import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { env } from '../aws/env.ts';
import type { EnvName } from '../aws/env.ts';
import { contacts as contactsTable, journeys as journeysTable } from '../aws/tables.ts';
import { InvariantAlarms } from './constructs/alarms.ts';
import { PlatformFunction } from './constructs/function.ts';
import type { Grant } from './constructs/grant.ts';
import { findsSegments, tellsOfContacts, withdraws } from './constructs/journey-grants.ts';
import { startMachines } from './constructs/machines.ts';
import { WorkQueue } from './constructs/queue.ts';
import type { EncryptedTable } from './constructs/table.ts';
import { Tick } from './constructs/tick.ts';
import type { Data } from './data.ts';
import { ownKeyPartition } from './keys.ts';
import type { Keys } from './keys.ts';
import type { Messaging } from './messaging.ts';

export type EngineProps = StackProps & {
  readonly prefix: string;
  /** JSON of the Organisation schema. */
  readonly organisation: string;
  readonly keys: Keys;
  readonly data: Data;
  readonly messaging: Messaging;
  /** Whether a journey tells of authorizations that end. */
  readonly noticesRenewals: boolean;
};

/** By the placeholder that the compiler writes into the definitions. */
export type Tasks = Readonly<Record<
  'SendMessage' | 'ParkEnrolment' | 'ChooseBranch' | 'AddToSegment' | 'CloseEnrolment' | 'HandOver', PlatformFunction
>>;

const taskTimeout = Duration.seconds(30);
const batchTimeout = Duration.minutes(1);
/** Batches of ten that resume or enrol at the same time; each claim may lead to one mail a moment later. */
const batchesAtOnce = 10;
/** Everybody is looked at after a deployment, beside the day's work and not before it. */
const reviewsAtOnce = 2;

/** The functions that walk contacts through their journeys, and the queues and ticks that wake them. */
export class Engine extends Stack {
  readonly tasks: Tasks;
  readonly enrolQueue: WorkQueue;
  /** Takes pages of runs that go on after a pause, or move to another version. */
  readonly moveQueue: WorkQueue;
  /** Where everybody is looked at again after something was published. */
  readonly reviewQueue: WorkQueue;
  readonly publishJourney: PlatformFunction;
  readonly #props: EngineProps;
  /** Where failed asynchronous invocations end. */
  readonly #failures: WorkQueue;

  constructor(scope: Construct, id: string, props: EngineProps) {
    super(scope, id, props);
    this.#props = props;
    this.#failures = new WorkQueue(this, 'FailedInvocations', { key: props.keys.data });
    this.tasks = this.#tasks();
    this.enrolQueue = this.#work('Enrol', env.enrolQueue);
    this.#enrol();
    this.moveQueue = this.#work('Move', env.moveQueue);
    this.#move();
    const timers = this.#work('Timer', env.timerQueue);
    this.#resume(this.#work('Resume', env.resumeQueue), timers);
    this.reviewQueue = this.#work('Review', env.reviewQueue);
    this.#react(timers, this.reviewQueue);
    this.#ingestMailEvents();
    if (props.messaging.unsubscribeMails !== undefined) this.#ingestUnsubscribes(props.messaging.unsubscribeMails);
    this.#countProgress();
    this.#keepReceipts();
    this.#checkInvariants();
    if (props.noticesRenewals) this.#noticeRenewals();
    this.publishJourney = this.#add('PublishJourney', 'publish-journey', batchTimeout, [
      props.data.journeys.allow('GetItem', 'PutItem'),
      props.data.journeys.allowPartition(journeysTable.segmentsPartition, 'Query', 'UpdateItem'),
      props.data.journeys.allowPartition(journeysTable.watched, 'UpdateItem'), this.reviewQueue.allowSend(),
      props.data.journeys.allowPartition(journeysTable.statesPartition, 'UpdateItem'),
      props.data.journeys.allowPartition(journeysTable.cataloguePartition, 'Query'),
    ], this.#failures);
  }

  #tasks(): Tasks {
    const { keys, data: { contacts, contactKeys, journeys, ledger }, messaging, organisation } = this.#props;
    const moves = journeys.allow('GetItem', 'UpdateItem');
    const task = (id: keyof Tasks, name: string, grants: readonly Grant[]): PlatformFunction =>
      this.#add(id, name, taskTimeout, grants);
    return {
      SendMessage: task('SendMessage', 'send-message', [
        contacts.allow('GetItem', 'Query', 'UpdateItem'), contactKeys.allow('GetItem'), keys.openContacts(), moves,
        contactKeys.allowPartition(ownKeyPartition('links'), 'PutItem'), keys.createOwn('links'),
        journeys.allowPartition(journeysTable.followUps, 'PutItem'),
        ledger.allow('GetItem', 'PutItem', 'UpdateItem'), messaging.allowSend(),
        { statements: [], environment: { [env.organisation]: organisation } },
      ]),
      ParkEnrolment: task('ParkEnrolment', 'park-enrolment', [
        journeys.allow('GetItem', 'Query', 'UpdateItem'),
        // A wait that reads a field of the contact opens the record, one with a filter the attributes of events.
        contacts.allow('GetItem', 'Query'), contactKeys.allow('GetItem'), keys.openContacts(),
        startMachines(this.#props.prefix),
      ]),
      ChooseBranch: task('ChooseBranch', 'choose-branch', [
        journeys.allow('GetItem', 'Query', 'UpdateItem'),
        contacts.allow('GetItem', 'Query'), contactKeys.allow('GetItem'), keys.openContacts(),
      ]),
      AddToSegment: task('AddToSegment', 'add-to-segment', [
        moves, contacts.allow('PutItem', 'UpdateItem'), findsSegments(journeys), tellsOfContacts(journeys),
      ]),
      CloseEnrolment: task('CloseEnrolment', 'close-enrolment', [journeys.allow('GetItem', 'Query', 'UpdateItem')]),
      // What makes the key of the entry may be a field, or an attribute of the run.
      HandOver: task('HandOver', 'hand-over', [
        journeys.allow('GetItem', 'Query', 'PutItem', 'UpdateItem'), contacts.allow('Query'), contactKeys.allow('GetItem'),
        keys.openContacts(), startMachines(this.#props.prefix),
      ]),
    };
  }

  #enrol(): void {
    const { prefix, keys, data: { contacts, contactKeys, journeys } } = this.#props;
    this.enrolQueue.feed(this.#add('EnrolContacts', 'enrol-contacts', batchTimeout, [
      journeys.allow('GetItem', 'PutItem'), findsSegments(journeys), contacts.allowIndex(contactsTable.segmentIndex.name),
      // A key of a year or month takes the contact's zone, one of a field its record.
      contacts.allow('GetItem', 'Query'), contactKeys.allow('GetItem'), keys.openContacts(),
      this.enrolQueue.allowSend(), startMachines(prefix),
    ]), batchesAtOnce);
  }

  #move(): void {
    const { prefix, data: { contacts, journeys } } = this.#props;
    this.moveQueue.feed(this.#add('MoveEnrolments', 'move-enrolments', batchTimeout, [
      journeys.allow('GetItem', 'Query', 'UpdateItem'), journeys.allowPartitions(journeysTable.migrationPrefix, 'PutItem'),
      startMachines(prefix), journeys.allowIndex(journeysTable.dueIndex.name), contacts.allow('GetItem'),
      this.moveQueue.allowSend(),
    ]), batchesAtOnce);
  }

  #resume(queue: WorkQueue, timers: WorkQueue): void {
    const { prefix, data: { journeys } } = this.#props;
    queue.feed(this.#add('ResumeEnrolment', 'resume-enrolment', batchTimeout, [
      journeys.allow('GetItem', 'UpdateItem'), startMachines(prefix),
      journeys.allowPartition(journeysTable.statesPartition, 'Query'),
    ]), batchesAtOnce);
    const sweep = this.#add('SweepDue', 'sweep-due', Duration.seconds(55), [
      journeys.allowIndex(journeysTable.dueIndex.name), queue.allowSend(), queue.allowDepth(),
      timers.allowSend(), timers.allowDepth(),
    ], this.#failures);
    new Tick(this, 'SweepTick', sweep, Duration.minutes(1));
  }

  /** What follows from a change of a contact, and from a moment that has come. */
  #react(timers: WorkQueue, reviews: WorkQueue): void {
    const { prefix, keys, data: { contacts, contactKeys, journeys } } = this.#props;
    const settles = [
      contacts.allow('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'), contactKeys.allow('GetItem'), keys.openContacts(),
      journeys.allow('GetItem', 'Query', 'PutItem', 'UpdateItem'), startMachines(prefix),
    ];
    reviews.feed(this.#add('ReviewContacts', 'review-contacts', batchTimeout, [
      ...settles, contacts.allowIndex(contactsTable.segmentIndex.name), reviews.allowSend(),
    ]), reviewsAtOnce);
    timers.feed(this.#add('FireTimers', 'fire-timers', batchTimeout, settles), batchesAtOnce);
    const failures = new WorkQueue(this, 'ReactToChangesFailures', { key: keys.data });
    Validations.of(failures.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the last stop: it holds the places in the stream whose changes failed.',
    });
    const react = this.#add('ReactToChanges', 'react-to-changes', batchTimeout, [...settles, journeys.allowStream(), failures.allowSend()]);
    new EventSourceMapping(this, 'FollowChanges', {
      target: react.lambda,
      eventSourceArn: journeys.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      // Whatever part of a batch comes again changes nothing more, so the change that fails is set apart from the others.
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10_000,
      onFailure: new SqsDlq(failures.queue),
      filters: [FilterCriteria.filter({
        eventName: FilterRule.or('INSERT', 'MODIFY'), dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(journeysTable.changePrefix) } } },
      })],
    });
  }

  #ingestMailEvents(): void {
    const { keys, data: { contacts, contactKeys, journeys, ledger }, messaging, organisation, prefix } = this.#props;
    messaging.mailEvents.feed(this.#add('IngestMailEvents', 'ingest-mail-events', batchTimeout, [
      ledger.allow('UpdateItem'), contactKeys.allow('GetItem'), keys.openContacts(),
      contacts.allow('GetItem', 'Query', 'PutItem', 'UpdateItem'), ...withdraws(journeys, organisation), startMachines(prefix),
    ]), batchesAtOnce, { messages: 100, within: Duration.seconds(20) });
  }

  #ingestUnsubscribes(mails: WorkQueue): void {
    const { keys, data: { contacts, contactKeys, journeys }, organisation } = this.#props;
    mails.feed(this.#add('IngestUnsubscribeMail', 'ingest-unsubscribe-mail', batchTimeout, [
      contacts.allow('GetItem', 'Query', 'PutItem', 'UpdateItem'), contactKeys.allow('GetItem'), keys.openContacts(),
      keys.openOwn('links'), ...withdraws(journeys, organisation),
    ]), 2);
  }

  #countProgress(): void {
    const { keys, data: { journeys, ledger } } = this.#props;
    const failures = new WorkQueue(this, 'CountProgressFailures', { key: keys.data });
    Validations.of(failures.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the last stop: it holds the places in the streams whose batches failed.',
    });
    const count = this.#add('CountProgress', 'count-progress', batchTimeout, [
      journeys.allow('GetItem', 'PutItem', 'UpdateItem'), journeys.allowStream(),
      ledger.allowStream(), failures.allowSend(),
    ]);
    const bySortKey = (prefix: string) => FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(prefix) } } } });
    const counted = [
      bySortKey(journeysTable.enrolmentPrefix), bySortKey(journeysTable.withdrawalPrefix),
      FilterCriteria.filter({ dynamodb: { Keys: { pk: { S: FilterRule.isEqual(journeysTable.followUps) } } } }),
    ];
    const follow = (id: string, table: EncryptedTable, filters: ReturnType<typeof FilterCriteria.filter>[]): void => {
      new EventSourceMapping(this, id, {
        target: count.lambda,
        eventSourceArn: table.streamArn,
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 500,
        maxBatchingWindow: Duration.seconds(5),
        // A batch is counted whole or not at all and is known by its first and last record, so it is repeated whole.
        bisectBatchOnError: false,
        retryAttempts: 10_000,
        onFailure: new SqsDlq(failures.queue),
        ...(filters.length === 0 ? {} : { filters }),
      });
    };
    follow('CountEnrolments', journeys, counted);
    follow('CountSends', ledger, []);
  }

  #keepReceipts(): void {
    const { keys, data: { ledger, receipts, archive } } = this.#props;
    const failures = new WorkQueue(this, 'WriteReceiptsFailures', { key: keys.data });
    Validations.of(failures.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the last stop: it holds the places in the stream whose batches failed.',
    });
    const write = this.#add('WriteReceipts', 'write-receipts', batchTimeout, [
      receipts.allow('GetItem', 'PutItem', 'UpdateItem'), ledger.allowStream(), failures.allowSend(),
    ]);
    new EventSourceMapping(this, 'KeepReceipts', {
      target: write.lambda,
      eventSourceArn: ledger.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(5),
      // Whatever part of a batch comes again is known, so the row that fails is set apart from the others.
      bisectBatchOnError: true,
      retryAttempts: 10_000,
      onFailure: new SqsDlq(failures.queue),
    });
    const exporter = this.#add('ExportReceipts', 'export-receipts', Duration.minutes(15), [
      receipts.allow('GetItem', 'Query', 'UpdateItem'), archive.allowAdd(),
    ], this.#failures);
    new Tick(this, 'ExportTick', exporter, Duration.days(1));
  }

  #noticeRenewals(): void {
    const { data: { journeys }, organisation } = this.#props;
    const notify = this.#add('NotifyRenewals', 'notify-renewals', Duration.minutes(15), [
      journeys.allowPartition(journeysTable.statesPartition, 'GetItem'), journeys.allowPartition(journeysTable.cataloguePartition, 'Query'),
      journeys.allowPartitions(journeysTable.renewalsPrefix, 'Query'), this.enrolQueue.allowSend(),
      { statements: [], environment: { [env.organisation]: organisation } },
    ], this.#failures);
    new Tick(this, 'RenewalsTick', notify, Duration.days(1));
  }

  #checkInvariants(): void {
    const { keys, data: { contacts, contactKeys, journeys }, organisation, prefix } = this.#props;
    const check = this.#add('CheckInvariants', 'check-invariants', batchTimeout, [
      journeys.allowIndex(journeysTable.dueIndex.name), ...withdraws(journeys, organisation),
      contacts.allow('Query'), contactKeys.allow('GetItem'), keys.openContacts(), this.moveQueue.allowSend(),
    ], this.#failures);
    const every = Duration.minutes(15);
    new Tick(this, 'InvariantsTick', check, every);
    new InvariantAlarms(this, 'Alarms', { key: keys.data, prefix, every });
  }

  #work(id: string, variable: EnvName): WorkQueue {
    const key = this.#props.keys.data;
    const deadLetters = new WorkQueue(this, `${id}DeadLetters`, { key });
    return new WorkQueue(this, `${id}Queue`, { key, variable, deadLetters, consumerTimeout: batchTimeout });
  }

  #add(id: string, name: string, timeout: Duration, grants: readonly Grant[], deadLetters?: WorkQueue): PlatformFunction {
    const { prefix, keys } = this.#props;
    return new PlatformFunction(this, id, {
      name, prefix, timeout, grants, dataKey: keys.data, ...(deadLetters === undefined ? {} : { deadLetters }),
    });
  }
}
