import type { Html } from './html.ts';
import { html, nothing } from './html.ts';
import type { Language } from './language.ts';
import { wordsOf } from './words.ts';

/** Colors reach a contrast of 4.5 to 1 on text and 3 to 1 on borders and the focus; targets are 44 pixels high. */
const style = html`*{box-sizing:border-box}
body{margin:0;font:1.125rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1b1f24;background:#f4f6f8}
header,main,footer{max-width:42rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.25rem 1.5rem;padding-top:1rem}
header p{margin:0;font-weight:600}
header a{padding:.5rem 0}
main{background:#fff;padding:1.5rem 1.25rem 2rem;margin-top:.75rem;border:1px solid #d5dbe1;border-radius:.5rem}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.125rem;margin:1.5rem 0 .25rem}
p{margin:.25rem 0 .75rem}
a{color:#00558c}
fieldset{border:1px solid #8a949e;border-radius:.375rem;margin:1.25rem 0;padding:.25rem 1rem 1rem;min-width:0}
fieldset fieldset{border:0;margin:0;padding:.5rem 0 0;display:flex;flex-wrap:wrap;align-items:center;gap:0 1rem}
fieldset fieldset legend{float:left;font-weight:400;width:14rem;padding:0}
legend{font-weight:600;padding:0 .25rem}
h3{font-size:1.125rem;margin:1rem 0 0}
.choice{display:flex;align-items:flex-start;gap:.625rem;padding:.5rem 0;min-height:2.75rem}
fieldset fieldset .choice{min-width:5.5rem}
.choice input{flex:none;width:1.375rem;height:1.375rem;margin:.125rem 0 0;accent-color:#00558c}
form+p{margin-top:1.25rem}
dl+.hint{margin-top:1rem}
.hint{color:#4a5560;font-size:1rem}
label.field{display:block;font-weight:600;margin-top:1rem}
input[type=text]{font:inherit;width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid #6b7680;border-radius:.375rem}
input[aria-invalid=true]{border:2px solid #b3261e}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#00558c;color:#fff;margin-top:.75rem}
:focus-visible{outline:3px solid #8a4b00;outline-offset:3px}
.notice,.errors{border-left:.375rem solid #1d6b3a;background:#eaf5ee;padding:.75rem 1rem;margin:0 0 1.25rem}
.errors{border-color:#b3261e;background:#fdf0ef}
.notice h2,.errors h2{margin:0}
.notice p,.errors ul{margin:.25rem 0 0}
.error{color:#a3231b;font-weight:600;margin:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:1.5rem 0 0;border-top:1px solid #d5dbe1;padding-top:1rem}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
footer{padding-top:1rem;padding-bottom:2rem;color:#4a5560;font-size:1rem}
@media print{body,main{background:#fff;border:0}header a,footer{display:none}}`;

export type Page = {
  readonly language: Language;
  readonly title: string;
  /** Who speaks, above the page; a page that nobody may link to anyone leaves it out. */
  readonly organisation?: string;
  readonly body: Html;
  readonly footer?: string;
};

/** The one frame of every page: no script, nothing loaded, nothing that tells who reads. */
export const layout = ({ language, title, organisation, body, footer }: Page): string => {
  const words = wordsOf(language);
  const other = language === 'en' ? 'es' : 'en';
  const { markup } = html`<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}${organisation === undefined ? '' : ` – ${organisation}`}</title>
<style>${style}</style></head>
<body><header><p>${organisation ?? ''}</p><a href="?lang=${other}" lang="${other}" hreflang="${other}">${words.otherLanguage}</a></header>
<main><h1>${title}</h1>
${body}</main>
${footer === undefined ? nothing : html`<footer><p>${footer}</p></footer>`}
</body></html>`;
  return `<!doctype html>\n${markup}`;
};
