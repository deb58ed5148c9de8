/** A search somebody wants to come back to: the part of the address after the question mark. */
export type SavedView = { readonly name: string; readonly search: string };

const nameAtMost = 60;

/** Reads stored views; anything that is not one is left out. */
export function readSavedViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((view: unknown): SavedView[] => {
      if (typeof view !== 'object' || view === null || !('name' in view) || !('search' in view)) return [];
      const { name, search } = view;
      return typeof name === 'string' && typeof search === 'string'
        ? [{ name: name.slice(0, nameAtMost), search }]
        : [];
    });
  } catch {
    return [];
  }
}

/** Adds a view; one of the same name is replaced. */
export function addView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const named = { name: view.name.trim().slice(0, nameAtMost), search: view.search };
  return [...views.filter(({ name }) => name !== named.name), named].toSorted((a, b) =>
    a.name.localeCompare(b.name, 'en'),
  );
}
