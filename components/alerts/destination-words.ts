import { Mail, MessageSquare, Webhook, type LucideIcon } from 'lucide-react';
import type { DeliveryShown, DestinationKind } from '@/lib/alerts/alerts-view';
import type { MarkShape } from '../ui/mark';

type KindWords = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What choosing it means. */
  readonly text: string;
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
  /** Said when a test got through. */
  readonly sent: string;
};

export const destinationWords: Readonly<Record<DestinationKind, KindWords>> = {
  email: {
    icon: Mail,
    title: 'E-mail',
    text: 'To one person or a list of your company.',
    label: 'E-mail address',
    placeholder: 'ops@example.com',
    hint: 'One address. Several people: add each, or a mailing list.',
    sent: 'The mail server took the test. If it does not arrive, look into the spam folder.',
  },
  slack: {
    icon: MessageSquare,
    title: 'Slack, or what takes the same messages',
    text: 'To a channel, through an incoming webhook: Slack, Mattermost, Rocket.Chat.',
    label: 'Address of the incoming webhook',
    placeholder: 'https://hooks.slack.com/services/…',
    hint: 'In Slack: Apps, Incoming Webhooks, Add to a channel, copy the address. It stays on the server.',
    sent: 'The test was accepted. It should be in the channel now.',
  },
  webhook: {
    icon: Webhook,
    title: 'Webhook',
    text: 'To a program of yours or an on-call service: signed JSON.',
    label: 'Address',
    placeholder: 'https://example.com/alerts',
    hint: 'Each message is a POST with a signature, so that the receiver can tell it is from here.',
    sent: 'The receiver accepted the test.',
  },
};

type DeliveryLook = { readonly shape: MarkShape; readonly word: string };

/** How a delivery stands, in shape and word. */
export function deliveryLook({ state, attempts }: Pick<DeliveryShown, 'state' | 'attempts'>): DeliveryLook {
  switch (state) {
    case 'sent':
      return { shape: 'dot', word: 'Sent' };
    case 'sending':
      return { shape: 'faint', word: 'On its way' };
    case 'waiting':
      return attempts === 0
        ? { shape: 'faint', word: 'On its way' }
        : { shape: 'diamond', word: 'Tried again' };
    case 'failed':
      return { shape: 'triangle', word: 'Failed' };
  }
}
