import { createTransport } from 'nodemailer';
import type { MailBody } from '@/lib/alerts/message-mail';
import { err, ok, type Problem, type Result } from '@/lib/result';

/** How e-mail is sent; the address can hold a password and stays on the server. */
export type MailConfig = { readonly url: string; readonly from: string };

type Env = Readonly<Record<string, string | undefined>>;

const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
} as const;

/** Reads CRONDECK_SMTP_URL and CRONDECK_ALERT_FROM; a problem that says what is missing or wrong with them. */
export function mailConfig(env: Env): Result<MailConfig, Problem> {
  const [url, from] = [env.CRONDECK_SMTP_URL?.trim() ?? '', env.CRONDECK_ALERT_FROM?.trim() ?? ''];
  if (url === '' || from === '') {
    const missing = [url === '' && 'CRONDECK_SMTP_URL', from === '' && 'CRONDECK_ALERT_FROM'].filter(Boolean);
    return problem(
      `E-mail is not set up: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set.`,
    );
  }
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || new URL(url).hostname === '')
    return problem('CRONDECK_SMTP_URL is not the address of a mail server.');
  if (!/^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/.test(from) || from.length > 300)
    return problem('CRONDECK_ALERT_FROM is not an e-mail address.');
  return ok({ url, from });
}

function problem(message: string): Result<never, Problem> {
  return err({
    code: 'mail-not-ready',
    message,
    hint: 'Set CRONDECK_SMTP_URL=smtps://user:password@mail.example.com and CRONDECK_ALERT_FROM=crondeck@example.com where Crondeck runs, then restart it.',
  });
}

/** Sends one e-mail over a connection of its own. Rejects with nodemailer's error where the server does not take it. */
export async function sendMail(
  config: MailConfig,
  to: string,
  body: MailBody,
  deliveryId: number,
): Promise<void> {
  const transport = createTransport({
    url: config.url,
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: config.from,
      // As an object the address is never parsed: it cannot become two, or a header.
      to: { name: '', address: to },
      ...body,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Crondeck-Delivery': String(deliveryId) },
    });
  } finally {
    transport.close();
  }
}
