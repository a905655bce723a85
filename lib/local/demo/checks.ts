import type { Enrolment } from '../../core/engine/enrolment.ts';
import { isActive } from '../../core/engine/enrolment.ts';
import type { SendRecord } from '../../core/engine/send.ts';
import { referenceOf } from '../../core/audit/receipt.ts';
import { tellVerdict } from '../../core/audit/tell.ts';
import type { Withdrawal } from '../../core/engine/withdrawal.ts';
import { sendName } from '../../core/engine/send.ts';
import type { Mail } from '../engines/mail.ts';
import type { Check, JourneyCounts } from '../report/report.ts';
import type { Proved } from './receipts.ts';
import type { Rows } from './rows.ts';

/** All that the laws of a run are checked on. */
export type Evidence = {
  /** As the API answers them, from the counters. */
  readonly journeys: readonly JourneyCounts[];
  readonly rows: Rows;
  readonly mails: readonly Mail[];
  /** Enrolments that are due for longer than they should, by the platform's own check. */
  readonly overdue: number;
  readonly receipts: Proved;
  /** Everything that is not meant to hold a patient's value: workflow state and history, logs. */
  readonly texts: readonly string[];
  /** Values of patients to look for in them. */
  readonly values: readonly string[];
};

const check = (name: string, held: boolean, figures: string): Check => ({ name, held, figures });

const byCounters = ({ journey, version, ...counts }: JourneyCounts): Check => {
  const { entered, active, completed, exited, failed } = counts;
  return check(
    `${journey} v${version}: nobody is lost, by the counters`,
    entered === active + completed + exited + failed,
    `${entered} entered = ${active} active + ${completed} completed + ${exited} exited + ${failed} failed`,
  );
};

const byRows = (enrolments: readonly Enrolment[]) => ({ journey, version, ...counts }: JourneyCounts): Check => {
  const own = enrolments.filter((row) => row.journey === journey && row.version === version);
  const having = (status: Enrolment['status']): number => own.filter((row) => row.status === status).length;
  const active = own.filter(({ status }) => isActive(status)).length;
  const [completed, exited, failed] = [having('COMPLETED'), having('EXITED'), having('FAILED')];
  return check(
    `${journey} v${version}: the rows of the table say the same`,
    own.length === counts.entered && active === counts.active && completed === counts.completed && exited === counts.exited
      && failed === counts.failed && own.length === active + completed + exited + failed,
    `${own.length} rows = ${active} active + ${completed} completed + ${exited} exited + ${failed} failed`,
  );
};

/** The name of the send that a mail carries in its tags. */
const nameOf = ({ tags }: Mail): string =>
  sendName({ enrolment: tags['enrolment'] ?? '', step: tags['step'] ?? '', leg: Number(tags['leg'] ?? Number.NaN) });

const mailedOnce = (mails: readonly Mail[]): Check => {
  const names = new Set(mails.map(nameOf));
  return check('nobody was mailed twice', names.size === mails.length, `${mails.length} mails for ${names.size} sends`);
};

const withBasis = (mails: readonly Mail[], sends: readonly SendRecord[]): Check => {
  const rows = new Map(sends.map((send) => [sendName(send), send]));
  const backed = mails.filter((mail) => {
    const row = rows.get(nameOf(mail));
    return row !== undefined && row.status === 'SENT' && row.basis.length > 0 && row.messageId === mail.messageId;
  });
  return check('every mail has a ledger row with the basis it was sent on', backed.length === mails.length,
    `${backed.length} of ${mails.length} mails`);
};

const asRecorded = (mails: readonly Mail[], sends: readonly SendRecord[]): Check => {
  const names = new Set(mails.map(nameOf));
  const sent = sends.filter(({ status }) => status === 'SENT');
  const open = sends.filter(({ status }) => status !== 'SENT' && status !== 'REFUSED');
  const honest = sends.every((send) => names.has(sendName(send)) === (send.status === 'SENT'));
  return check('what was refused did not leave, what is recorded as sent did', honest && open.length === 0,
    `${sent.length} sent, ${sends.length - sent.length - open.length} refused, ${open.length} open`);
};

const chained = ({ verdict }: Proved): Check => check('the chain of receipts verifies', verdict.whole,
  verdict.whole ? `${verdict.count} receipts, each unchanged, in its place, once` : tellVerdict(verdict));

const withReceipt = (sends: readonly SendRecord[], receipts: Proved): Check => {
  const having = sends.filter((send) => receipts.sends.has(referenceOf(send)));
  return check('every message, sent or refused, has its receipt', having.length === sends.length, `${having.length} of ${sends.length} messages`);
};

const withProof = (withdrawals: readonly Withdrawal[]): Check => {
  const proved = withdrawals.filter(({ completedAt }) => completedAt !== undefined);
  const ended = withdrawals.reduce((sum, one) => sum + one.ended.length, 0);
  const slowest = Math.max(0, ...proved.map(({ secondsTaken = 0 }) => secondsTaken));
  return check('every withdrawal has its proof completed', proved.length === withdrawals.length,
    `${proved.length} of ${withdrawals.length} withdrawals, ${ended} runs ended, the slowest in ${slowest} virtual seconds`);
};

const withoutValues = ({ texts, values }: Evidence): Check => {
  const found = values.filter((value) => texts.some((text) => text.includes(value)));
  return check('no name or address in workflow state, history or logs', found.length === 0,
    `${values.length} values sought in ${texts.length} records, ${found.length} found`);
};

/** The laws of a run. Each is checked on its own figures; a run is good when all of them held. */
export const checkRun = (evidence: Evidence): readonly Check[] => {
  const { journeys, rows, mails, overdue, receipts } = evidence;
  return [
    ...journeys.flatMap((journey) => [byCounters(journey), byRows(rows.enrolments)(journey)]),
    check('nothing is overdue', overdue === 0, `${overdue} enrolments`),
    mailedOnce(mails),
    withBasis(mails, rows.sends),
    asRecorded(mails, rows.sends),
    chained(receipts),
    withReceipt(rows.sends, receipts),
    withProof(rows.withdrawals),
    withoutValues(evidence),
  ];
};
