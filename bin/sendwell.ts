import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { hashOf } from '../lib/core/audit/chain.ts';
import { explain } from '../lib/core/audit/explain.ts';
import { compare, prove } from '../lib/core/audit/prove.ts';
import { Receipt, SendReference } from '../lib/core/audit/receipt.ts';
import { tellVerdict, tellWhy } from '../lib/core/audit/tell.ts';
import { ApiFailed, receiptsOverApi, sourceOverApi } from './receipts/api.ts';
import { receiptsInFolder, sourceInFolder } from './receipts/folder.ts';

const help = `Usage:
  sendwell why <send> (--api <url> | --folder <path>) [--json]
  sendwell verify-receipts [--api <url>] [--folder <path>] [--json]

why              Says why a message was sent to a person, or was not: the rule and its citation, the basis, the
                 records relied on, and the versions of journey, template, rules and policy.
                 <send> is enrolment, step and leg, joined by dots, as the timeline of a contact shows it.
verify-receipts  Proves that the chain of receipts is whole, or names the first receipt that was changed, is missing,
                 is out of order or stands there twice. With --api and --folder, also that both tell the same.

--api <url>      The API. Requests are signed where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set.
--folder <path>  A copy of the archive's receipts, as 'aws s3 sync' makes it.
--json           The same for programs.

Exit status: 0 if the send is explained or the chain is whole, 1 if not, 2 for wrong usage, 3 if the API or the folder
cannot be read.`;

/** Where a command writes to, a line at a time. */
export type Console = { readonly out: (text: string) => void; readonly err: (text: string) => void };

type Options = { readonly api?: string; readonly folder?: string; readonly json: boolean };

class Usage extends Error {
  override readonly name = 'Usage';
}

const why = async (send: string | undefined, { api, folder, json }: Options, { out, err }: Console): Promise<number> => {
  const reference = SendReference.safeParse(send).data;
  if (reference === undefined) throw new Usage('why takes one send: enrolment, step and leg, joined by dots');
  if ((api === undefined) === (folder === undefined)) throw new Usage('why takes either --api or --folder');
  const values = folder === undefined ? await receiptsOverApi(api ?? '', reference) : receiptsInFolder(folder, reference);
  const receipts = values.map((value) => Receipt.parse(value));
  const explanation = explain(receipts);
  if (explanation === undefined) {
    err(`${reference} has no receipt.`);
    return 1;
  }
  const hashes = await Promise.all(receipts.map(hashOf));
  const changed = receipts.filter(({ hash }, index) => hash !== hashes[index]).map(({ day, position }) => `${day}/${position}`);
  out(json ? JSON.stringify({ ...explanation, changed }) : tellWhy(explanation));
  if (changed.length > 0) err(`Do not rely on this: changed after it was written: ${changed.join(', ')}.`);
  return changed.length === 0 ? 0 : 1;
};

const verifyReceipts = async ({ api, folder, json }: Options, { out }: Console): Promise<number> => {
  const sources = [
    ...(api === undefined ? [] : [await sourceOverApi(api)]),
    ...(folder === undefined ? [] : [sourceInFolder(folder)]),
  ];
  const [first, second] = await Promise.all(sources.map(prove));
  if (first === undefined) throw new Usage('verify-receipts takes --api, --folder or both');
  const verdict = second === undefined ? first.verdict : compare(first, second);
  out(json ? JSON.stringify({ ...verdict, after: first.after }) : tellVerdict(verdict));
  if (!json && first.after.day !== '') out(`It begins after receipt ${first.after.day}/${first.after.position}; what came before is not in this folder.`);
  return verdict.whole ? 0 : 1;
};

const options = {
  api: { type: 'string' }, folder: { type: 'string' }, json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const read = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : 'wrong usage');
  }
};

const run = async (args: readonly string[], console: Console): Promise<number> => {
  const { values, positionals: [command, send, ...rest] } = read(args);
  if (values.help || command === 'help') {
    console.out(help);
    return 0;
  }
  if (rest.length > 0) throw new Usage(`what is ${rest.join(' ')}?`);
  if (command === 'why') return why(send, values, console);
  if (command === 'verify-receipts' && send === undefined) return verifyReceipts(values, console);
  throw new Usage(command === undefined ? 'which command?' : `there is no command ${[command, send].join(' ')}`);
};

/** Runs one command; gives the exit status. */
export const sendwell = async (args: readonly string[], console: Console): Promise<number> => {
  try {
    return await run(args, console);
  } catch (error) {
    if (error instanceof Usage) {
      console.err(`${error.message}\n\n${help}`);
      return 2;
    }
    // Names of schema faults and files, never a receipt's content.
    console.err(error instanceof ApiFailed ? error.message : `the receipts cannot be read: ${error instanceof Error ? error.name : 'error'}`);
    return 3;
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await sendwell(process.argv.slice(2), { out: (text) => console.log(text), err: (text) => console.error(text) });
}
