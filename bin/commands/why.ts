import { hashOf } from '../../lib/core/audit/chain.ts';
import { explain } from '../../lib/core/audit/explain.ts';
import { Receipt, SendReference } from '../../lib/core/audit/receipt.ts';
import { tellWhy } from '../../lib/core/audit/tell.ts';
import { apiOption } from '../api/client.ts';
import { exit, Usage } from '../exit.ts';
import { receiptsOverApi } from '../receipts/api.ts';
import { folderOption, receiptsInFolder } from '../receipts/folder.ts';
import { readable } from '../receipts/readable.ts';
import { defineCommand, onlyWord } from './command.ts';

export const command = defineCommand({
  usage: ['why <send> (--api <url> | --folder <path>) [--json]'],
  about: `Says why a message was sent to a person, or was not: the rule and its citation, the basis, the records relied on, and
the versions of journey, template, rules and policy. <send> is enrolment, step and leg, joined by dots, as the timeline
of a contact shows it.`,
  options: { api: apiOption, folder: folderOption },
  run: async (given, { out, err }) => {
    const { options: { api, folder }, json } = given;
    const reference = SendReference.safeParse(onlyWord(given, 'send')).data;
    if (reference === undefined) throw new Usage('why takes one send: enrolment, step and leg, joined by dots');
    if ((api === undefined) === (folder === undefined)) throw new Usage('why takes either --api or --folder');
    const receipts = await readable(async () =>
      (folder === undefined ? await receiptsOverApi(api ?? '', reference) : receiptsInFolder(folder, reference))
        .map((value) => Receipt.parse(value)));
    const explanation = explain(receipts);
    if (explanation === undefined) {
      err(`${reference} has no receipt.`);
      return exit.no;
    }
    const hashes = await Promise.all(receipts.map(hashOf));
    const changed = receipts.filter(({ hash }, index) => hash !== hashes[index]).map(({ day, position }) => `${day}/${position}`);
    out(json ? JSON.stringify({ ...explanation, changed }) : tellWhy(explanation));
    if (changed.length > 0) err(`Do not rely on this: changed after it was written: ${changed.join(', ')}.`);
    return changed.length === 0 ? exit.fine : exit.no;
  },
});
