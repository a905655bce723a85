import { compare, prove } from '../../lib/core/audit/prove.ts';
import { tellVerdict } from '../../lib/core/audit/tell.ts';
import { apiOption } from '../api/client.ts';
import { exit, Usage } from '../exit.ts';
import { sourceOverApi } from '../receipts/api.ts';
import { folderOption, sourceInFolder } from '../receipts/folder.ts';
import { readable } from '../receipts/readable.ts';
import { defineCommand, noWords } from './command.ts';

export const command = defineCommand({
  usage: ['verify-receipts [--api <url>] [--folder <path>] [--json]'],
  about: `Proves that the chain of receipts is whole, or names the first receipt that was changed, is missing, is out of order
or stands there twice. With --api and --folder, also that both tell the same.`,
  options: { api: apiOption, folder: folderOption },
  run: async (given, { out, progress }) => {
    noWords(given);
    const { options: { api, folder }, json } = given;
    if (api === undefined && folder === undefined) throw new Usage('verify-receipts takes --api, --folder or both');
    progress('reading the receipts');
    const [first, second] = await readable(async () => Promise.all([
      ...(api === undefined ? [] : [await sourceOverApi(api)]),
      ...(folder === undefined ? [] : [sourceInFolder(folder)]),
    ].map(prove)));
    if (first === undefined) return exit.no;
    const verdict = second === undefined ? first.verdict : compare(first, second);
    out(json ? JSON.stringify({ ...verdict, after: first.after }) : tellVerdict(verdict));
    if (!json && first.after.day !== '') out(`It begins after receipt ${first.after.day}/${first.after.position}; what came before is not in this folder.`);
    return verdict.whole ? exit.fine : exit.no;
  },
});
