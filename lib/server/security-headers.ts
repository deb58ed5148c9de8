/**
 * Headers for every response. Scripts run only with the nonce of their own response; styles may be inline because
 * positioned pop-ups and toasts set them, and no style can read or send data under `connect-src 'self'`.
 */
export function securityHeaders(nonce: string, isDevelopment: boolean): Readonly<Record<string, string>> {
  // React's development build needs eval for its error overlay; the built product never does.
  const scripts = isDevelopment ? `'unsafe-eval'` : '';
  const policy = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' ${scripts}`.trim(),
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
