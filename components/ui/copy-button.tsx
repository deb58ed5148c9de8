'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { IconButton } from './icon-button';
import { toast } from './toast';

type CopyButtonProps = {
  text: string;
  /** What is copied: "Copy the id". */
  label: string;
  /** Shows the label beside the icon. */
  withText?: boolean;
};

/** Puts text on the clipboard and says so; where the browser refuses, the text is shown to be copied by hand. */
export function CopyButton({ text, label, withText }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast.problem({ message: 'The browser did not allow copying.', hint: text }),
    );
  const icon = copied ? <Check className="size-3.5 text-ok" /> : <Copy className="size-3.5" />;
  return (
    <>
      {withText ? (
        <Button size="small" icon={icon} onClick={() => void copy()}>
          {copied ? 'Copied' : label}
        </Button>
      ) : (
        <IconButton size="small" label={label} onClick={() => void copy()}>
          {icon}
        </IconButton>
      )}
      <output className="sr-only">{copied ? 'Copied' : ''}</output>
    </>
  );
}
