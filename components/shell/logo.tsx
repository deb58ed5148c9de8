/** Decorative: the word stands beside it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden
      className={className}
    >
      <path d="M2 15h16M4 15V9M8 15V5M12 15v-4M16 15V7" />
    </svg>
  );
}
