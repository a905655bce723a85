import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { env } from '../../aws/env.ts';
import { contacts as contactsTable, journeys as journeysTable } from '../../aws/tables.ts';
import type { Data } from '../data.ts';
import type { Engine } from '../engine.ts';
import { ownKeyPartition } from '../keys.ts';
import type { Keys } from '../keys.ts';
import { PlatformFunction } from './function.ts';
import type { Grant } from './grant.ts';
import { findsSegments, recordsEvents, tellsOfContacts, withdraws } from './journey-grants.ts';
import { startMachines } from './machines.ts';

export type ApiFunctionsProps = {
  readonly prefix: string;
  /** JSON of the Organisation schema. */
  readonly organisation: string;
  readonly keys: Keys;
  readonly data: Data;
  readonly engine: Engine;
};

/** API Gateway gives up after 29 seconds; what runs longer would do so unseen. */
const timeout = Duration.seconds(28);

/** The functions behind the API, each with no more than its operation needs. */
export class ApiFunctions extends Construct {
  readonly putContacts: PlatformFunction;
  readonly recordConsent: PlatformFunction;
  readonly recordEvent: PlatformFunction;
  readonly changeMembers: PlatformFunction;
  readonly listSegments: PlatformFunction;
  readonly listMembers: PlatformFunction;
  readonly requestEnrolment: PlatformFunction;
  readonly readReport: PlatformFunction;
  readonly readTimeline: PlatformFunction;
  readonly readReceipt: PlatformFunction;
  readonly readReceipts: PlatformFunction;
  readonly followLink: PlatformFunction;
  readonly recordOpen: PlatformFunction;
  readonly unsubscribe: PlatformFunction;
  readonly readConsents: PlatformFunction;
  readonly mintLink: PlatformFunction;
  readonly showPreferences: PlatformFunction;
  readonly showAuthorization: PlatformFunction;
  readonly readWithdrawals: PlatformFunction;
  readonly listFollowUps: PlatformFunction;
  readonly closeFollowUp: PlatformFunction;
  readonly listRenewals: PlatformFunction;
  readonly readCompliance: PlatformFunction;
  readonly checkLaunch: PlatformFunction;
  readonly listJourneys: PlatformFunction;
  readonly pauseJourney: PlatformFunction;
  readonly resumeJourney: PlatformFunction;
  readonly retireJourney: PlatformFunction;
  readonly requestMigration: PlatformFunction;
  readonly readMigration: PlatformFunction;
  readonly publishVersion: PlatformFunction;
  readonly deleteVersion: PlatformFunction;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id);
    const { prefix, keys, data: { contacts, contactKeys, journeys, ledger, receipts }, engine } = props;
    const add = (id: string, name: string, ...grants: readonly Grant[]): PlatformFunction =>
      new PlatformFunction(this, id, { name, prefix, timeout, grants, dataKey: keys.data });
    const organisation: Grant = { statements: [], environment: { [env.organisation]: props.organisation } };
    /** For functions that open contacts and withdraw nothing: where proofs would be, without a way in. */
    const namesJourneys: Grant = { statements: [], environment: { [env.journeysTable]: journeys.table.tableName } };
    const editContacts = contacts.allow('GetItem', 'Query', 'PutItem', 'UpdateItem');
    const withdrawing = withdraws(journeys, props.organisation);
    const readLinksKey = contactKeys.allowPartition(ownKeyPartition('links'), 'GetItem');

    this.putContacts = add('PutContacts', 'put-contacts',
      editContacts, contacts.allow('DeleteItem'), contactKeys.allow('GetItem', 'PutItem'), keys.createContacts(),
      keys.createOwn('lookup'), findsSegments(journeys), ...withdrawing);
    this.recordConsent = add('RecordConsent', 'record-consent',
      editContacts, contactKeys.allow('GetItem'), keys.openContacts(), keys.openOwn('lookup'), ...withdrawing);
    this.changeMembers = add('ChangeMembers', 'change-members',
      contacts.allow('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'), findsSegments(journeys), tellsOfContacts(journeys));
    this.listSegments = add('ListSegments', 'list-segments', findsSegments(journeys));
    this.listMembers = add('ListMembers', 'list-members', contacts.allowIndex(contactsTable.segmentIndex.name), findsSegments(journeys));
    this.recordEvent = add('RecordEvent', 'record-event',
      recordsEvents(journeys), contacts.allow('GetItem', 'Query'), contactKeys.allow('GetItem'), keys.openContacts(), startMachines(prefix));
    this.requestEnrolment = add('RequestEnrolment', 'request-enrolment',
      journeys.allow('GetItem', 'Query'), contacts.allow('Query'), engine.enrolQueue.allowSend());
    this.readReport = add('ReadReport', 'read-report', journeys.allow('GetItem', 'Query'));
    this.readTimeline = add('ReadTimeline', 'read-timeline', journeys.allow('Query'), ledger.allow('Query'));
    this.readReceipt = add('ReadReceipt', 'read-receipt', receipts.allow('GetItem', 'Query'));
    this.readReceipts = add('ReadReceipts', 'read-receipts', receipts.allow('GetItem', 'Query'));
    this.followLink = add('FollowLink', 'follow-link',
      recordsEvents(journeys), readLinksKey, keys.openOwn('links'), startMachines(prefix));
    this.recordOpen = add('RecordOpen', 'record-open',
      recordsEvents(journeys), readLinksKey, keys.openOwn('links'), startMachines(prefix));
    this.unsubscribe = add('Unsubscribe', 'unsubscribe',
      editContacts, contactKeys.allow('GetItem'), keys.openContacts(), keys.openOwn('links'), ...withdrawing);
    this.readWithdrawals = add('ReadWithdrawals', 'read-withdrawals', journeys.allow('Query'));
    this.listFollowUps = add('ListFollowUps', 'list-follow-ups', journeys.allowPartition(journeysTable.followUps, 'Query'));
    this.closeFollowUp = add('CloseFollowUp', 'close-follow-up', journeys.allowPartition(journeysTable.followUps, 'UpdateItem'));
    this.listRenewals = add('ListRenewals', 'list-renewals', journeys.allowPartitions(journeysTable.renewalsPrefix, 'Query'));
    this.readCompliance = add('ReadCompliance', 'read-compliance', journeys.allow('GetItem', 'Query'));
    this.checkLaunch = add('CheckLaunch', 'check-launch',
      journeys.allow('GetItem', 'Query'), contacts.allow('Query'), contacts.allowIndex(contactsTable.segmentIndex.name),
      contactKeys.allow('GetItem'), keys.openContacts(), organisation);
    this.listJourneys = add('ListJourneys', 'list-journeys', journeys.allow('GetItem', 'Query'));
    const catalogue = journeys.allowPartition(journeysTable.cataloguePartition, 'Query');
    const changeState = journeys.allowPartition(journeysTable.statesPartition, 'GetItem', 'UpdateItem');
    this.pauseJourney = add('PauseJourney', 'pause-journey', catalogue, changeState);
    this.resumeJourney = add('ResumeJourney', 'resume-journey', catalogue, changeState, engine.moveQueue.allowSend());
    this.requestMigration = add('RequestMigration', 'request-migration',
      journeys.allow('GetItem'), journeys.allowPartitions(journeysTable.migrationsPrefix, 'PutItem'), engine.moveQueue.allowSend());
    this.readMigration = add('ReadMigration', 'read-migration',
      journeys.allowPartitions(journeysTable.migrationsPrefix, 'GetItem'), journeys.allowPartitions(journeysTable.migrationPrefix, 'Query'));
    this.retireJourney = add('RetireJourney', 'retire-journey', catalogue, changeState);
    this.deleteVersion = add('DeleteVersion', 'delete-version',
      catalogue, changeState, journeys.allowPartitions(journeysTable.countsPrefix, 'GetItem'), journeys.allowIndex(journeysTable.dueIndex.name));
    this.publishVersion = add('PublishVersion', 'publish-version',
      catalogue, changeState, journeys.allowPartitions(journeysTable.versionsPrefix, 'GetItem'), engine.reviewQueue.allowSend(),
      journeys.allowPartition(journeysTable.segmentsPartition, 'UpdateItem'), journeys.allowPartition(journeysTable.watched, 'UpdateItem'));
    this.readConsents = add('ReadConsents', 'read-consents',
      contacts.allow('Query'), contactKeys.allow('GetItem'), keys.openContacts(), organisation, namesJourneys);
    this.mintLink = add('MintLink', 'mint-link',
      contacts.allow('GetItem'), contactKeys.allowPartition(ownKeyPartition('links'), 'GetItem', 'PutItem'),
      keys.createOwn('links'), organisation);
    this.showPreferences = add('ShowPreferences', 'show-preferences',
      editContacts, contactKeys.allow('GetItem'), keys.openContacts(), keys.openOwn('links'), ...withdrawing);
    this.showAuthorization = add('ShowAuthorization', 'show-authorization',
      editContacts, contactKeys.allow('GetItem'), keys.openContacts(), keys.openOwn('links'), organisation,
      journeys.allowPartitions(journeysTable.renewalsPrefix, 'PutItem'), tellsOfContacts(journeys));
  }
}
