import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Note } from '../ui/note';

type Props = {
  secret: string;
  /** Where another one can be made. */
  onRenew?: () => void;
  className?: string;
};

/** The secret of a webhook, and how a receiver checks with it. */
export function SecretNote({ secret, onRenew, className }: Props) {
  return (
    <Note
      title="Signing secret."
      {...(className !== undefined && { className })}
      actions={
        <>
          <CopyButton withText text={secret} label="Copy the secret" />
          {onRenew && (
            <Button size="small" onClick={onRenew}>
              Make a new one
            </Button>
          )}
        </>
      }
    >
      <code className="mono mt-1 block rounded-sm bg-sunk px-1.5 py-1 text-ink wrap-anywhere">{secret}</code>
      <span className="mt-1.5 block">
        Each message carries <Code>crondeck-timestamp</Code> and <Code>crondeck-signature: v1=…</Code>, the
        HMAC-SHA256 in hex of the timestamp, a dot and the body. Refuse what does not match, or is older than
        five minutes.
      </span>
    </Note>
  );
}

function Code({ children }: { children: string }) {
  return <code className="mono text-ink">{children}</code>;
}
