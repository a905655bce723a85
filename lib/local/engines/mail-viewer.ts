import type { Mail } from './mail.ts';

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replaceAll(/[&<>"']/gu, (mark) => marks[mark] ?? mark);

const frame = (title: string, body: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escape(title)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd }
iframe { width: 100%; height: 32rem; border: 1px solid #ddd } pre { background: #f6f6f6; padding: 1rem; white-space: pre-wrap }
</style>
${body}</html>`;

/** Every mail, the newest first. */
export const mailList = (mails: readonly Mail[]): string => {
  const rows = mails.map((mail, at) => `<tr><td>${escape(mail.sentAt)}</td><td>${escape(mail.to.join(', '))}</td>
<td><a href="/mail/${at + 1}">${escape(mail.subject)}</a></td><td>${escape(mail.outcome)}</td></tr>`);
  return frame('Mail', `<h1>Mail</h1><p>${mails.length} sent. None left this machine.</p>
<table><tr><th>Sent</th><th>To</th><th>Subject</th><th>Outcome</th></tr>${rows.toReversed().join('\n')}</table>`);
};

/** One mail. Its HTML runs no script and reaches nothing: the frame is sandboxed. */
export const mailPage = (mail: Mail): string => {
  const facts = [['From', mail.from], ['To', mail.to.join(', ')], ['Sent', mail.sentAt], ...Object.entries(mail.headers),
    ...Object.entries(mail.tags).map(([name, value]) => [`tag ${name}`, value])];
  const rows = facts.map(([name, value]) => `<tr><th>${escape(name ?? '')}</th><td>${escape(value ?? '')}</td></tr>`);
  return frame(mail.subject, `<p><a href="/">All mail</a></p><h1>${escape(mail.subject)}</h1>
<table>${rows.join('\n')}</table><h2>HTML</h2><iframe sandbox="" srcdoc="${escape(mail.html)}"></iframe>
<h2>Text</h2><pre>${escape(mail.text)}</pre>`);
};
