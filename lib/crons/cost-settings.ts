/** Price of a million tokens, in the currency of the settings. */
export type SetPrice = {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
};

/** What a run costs or uses where nothing could be measured. */
export type SetCost =
  | { readonly kind: 'per-run'; readonly amount: number }
  | {
      readonly kind: 'tokens';
      readonly usage: {
        readonly inputTokens: number;
        readonly outputTokens: number;
        readonly modelName: string;
      };
    };

/** Prices as somebody set them; `models` by name, `assistants` and `handSet` by id. */
export type PriceSetting = {
  readonly currency: string;
  /** Units of the currency for one dollar: the price list is in dollars. */
  readonly perDollar: number;
  readonly models: Readonly<Record<string, SetPrice>>;
  readonly assistants: Readonly<Record<string, SetPrice>>;
  readonly handSet: Readonly<Record<string, SetCost>>;
};

export type SetBudget = {
  readonly scope:
    | { readonly kind: 'deployment' }
    | { readonly kind: 'assistant'; readonly assistantId: string };
  /** A month, in the currency of the prices. */
  readonly amount: number;
};
export type BudgetSetting = { readonly budgets: readonly SetBudget[] };

/** A setting as it was read. It is saved over exactly this version. */
export type Setting<Value> = {
  readonly value: Value;
  readonly version: number;
  readonly priceList: { readonly name: string; readonly version: string; readonly date: string };
};
