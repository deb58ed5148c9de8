import { cleanText } from '@/lib/crons/clean-text';
import type { AlertGroup, AlertMessage } from './alert-message';
import { footWords, headingWords, itemWords, messageText, moreWords, testWords } from './message-text';

const subjectLength = 200;

export type MailBody = { readonly subject: string; readonly text: string; readonly html: string };

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The message as an e-mail: a subject on one line, plain text, and the same with links for those who read HTML. */
export function mailBody(message: AlertMessage): MailBody {
  const { kind, title, deployment, groups } = message;
  const parts =
    kind === 'test' ? [`<p>${escapeHtml(testWords)}</p>`] : groups.map((group) => groupHtml(message, group));
  const foot = `${link(deployment.link, deployment.name)} · ${escapeHtml(footWords(message))}`;
  return {
    subject: cleanText(`[${deployment.name}] ${title}`, subjectLength),
    text: messageText(message),
    html: `<!doctype html><html lang="en"><body style="${body}"><h1 style="${titleStyle}">${escapeHtml(title)}</h1>${parts.join('')}<p style="${small}">${foot}</p></body></html>`,
  };
}

const body = 'font:15px/1.5 system-ui,sans-serif;max-width:640px;margin:0 auto;padding:16px';
const titleStyle = 'font-size:20px;line-height:1.3;margin:0 0 16px';
const small = 'font-size:13px;color:#666;border-top:1px solid #ddd;padding-top:12px;margin-top:24px';

function link(address: string, name: string): string {
  return `<a href="${escapeHtml(address)}">${escapeHtml(name)}</a>`;
}

function groupHtml(message: AlertMessage, group: AlertGroup): string {
  const heading = headingWords(message, group);
  const items = group.items.map(
    (item) => `<li>${link(item.link, item.name)}: ${escapeHtml(itemWords(item, message.zone))}</li>`,
  );
  const more = moreWords(group);
  const all = [...items, ...(more === '' ? [] : [`<li>${link(group.link, more)}</li>`])];
  const todo = group.todo === '' ? '' : `<p><strong>What to do:</strong> ${escapeHtml(group.todo)}</p>`;
  const head =
    heading === '' ? '' : `<h2 style="font-size:16px;margin:16px 0 4px">${escapeHtml(heading)}</h2>`;
  return `${head}<ul style="margin:0;padding-left:20px">${all.join('')}</ul>${todo}`;
}
