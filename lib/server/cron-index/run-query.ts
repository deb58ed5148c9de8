import type { CronFilter, CronList, CronQuery, CronRow } from '@/lib/crons/cron-list';
import type { CronSet } from './cron-set';
import { CronOrders, walkOrder } from './cron-order';
import { filterAndCount, isMatch } from './facets';
import { groupMatches } from './group-matches';
import { KeptStrip } from './strip';
import { CostCounter } from './sum-costs';
import { textMatch } from './text-match';

export type QueryAnswer = Omit<CronList, 'deploymentId' | 'snapshot'>;

/** Answers queries over a set; keeps orders and sums between them. Time is an argument everywhere. */
export class CronQueries {
  private readonly orders: CronOrders;
  private readonly strip: KeptStrip;

  constructor(private readonly set: CronSet) {
    this.orders = new CronOrders(set);
    this.strip = new KeptStrip(set);
  }

  /** One window of the table with facets, subtotals and the strip. */
  run(query: CronQuery, nowMs: number): QueryAnswer {
    const { set } = this;
    this.catchUp(nowMs);
    const matches = filterAndCount(set, query, textMatch(set, query.q));
    const cost = new CostCounter(set.columns);
    let runsADay = 0;
    const sorted: number[] = [];
    walkOrder(this.orders.by(query.sort), query.order, (slot) => {
      if (!isMatch(matches, slot)) return;
      sorted.push(slot);
      cost.add(slot);
      if (set.isLive(slot)) runsADay += set.schedules.at(set.columns.schedule[slot] as number).runsADay;
    });
    const grouped =
      query.group === 'none' ? { slots: sorted, groups: [] } : groupMatches(set, sorted, query.group);
    const window = grouped.slots.slice(query.offset, query.offset + query.limit);
    return {
      rows: window.map((slot) => set.rowOf(slot, nowMs)),
      offset: query.offset,
      matching: matches.matching,
      total: set.columns.size,
      matchingRunsADay: runsADay,
      matchingCost: cost.sum,
      groups: grouped.groups,
      facets: matches.facets,
      strip: this.strip.at(nowMs),
    };
  }

  /** Ids of all that match, in the order of the table: what exports and bulk jobs walk through. */
  matchingIds(
    filter: CronFilter,
    order: Pick<CronQuery, 'sort' | 'order'>,
    nowMs: number,
  ): readonly string[] {
    const { set } = this;
    this.catchUp(nowMs);
    const matches = filterAndCount(set, filter, textMatch(set, filter.q));
    const ids: string[] = [];
    walkOrder(this.orders.by(order.sort), order.order, (slot) => {
      if (isMatch(matches, slot)) ids.push(set.columns.ids[slot] as string);
    });
    return ids;
  }

  /** Slots of all that match, in no order. */
  matchingSlots(filter: CronFilter, nowMs: number): readonly number[] {
    const { set } = this;
    this.catchUp(nowMs);
    const matches = filterAndCount(set, filter, textMatch(set, filter.q));
    const slots: number[] = [];
    for (let slot = 0; slot < set.columns.used; slot += 1)
      if (set.columns.alive[slot] === 1 && isMatch(matches, slot)) slots.push(slot);
    return slots;
  }

  /** Brings statuses, costs and findings up to date, as far as one question may take time for it. */
  private catchUp(nowMs: number): void {
    this.set.refreshStatuses(nowMs);
    this.set.insight.catchUp(nowMs);
  }

  row(id: string, nowMs: number): CronRow | null {
    this.set.insight.catchUp(nowMs);
    const slot = this.set.columns.slotOf(id);
    return slot === undefined ? null : this.set.rowOf(slot, nowMs);
  }
}
