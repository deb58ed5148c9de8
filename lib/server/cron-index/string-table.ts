/** Texts that many crons share, by number. */
export class StringTable {
  readonly values: string[] = [];
  private readonly numbers = new Map<string, number>();

  intern(value: string): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    this.numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  numberOf(value: string): number | undefined {
    return this.numbers.get(value);
  }
}
