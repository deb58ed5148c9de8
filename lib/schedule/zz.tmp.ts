import * as fc from 'fast-check';
import { countRuns, runIntervals } from '@/lib/schedule/count-runs';
import { nextRun, previousRun, runsBetween } from '@/lib/schedule/next-runs';
import { anySchedule, anyZone, instantNearChange } from '@/lib/schedule/testing/arbitraries';
const HOUR=3600000;
const windows = fc.tuple(anyZone, anySchedule, fc.nat({ max: 40 * 24 }), fc.nat({ max: 4000 })).chain(([zone, schedule, hours, extra]) => instantNearChange(zone).map((fromMs) => ({ zone, schedule, fromMs, toMs: fromMs + hours * HOUR + extra * 997 })));
let bad: Record<string,number> = {}; let n=0;
const say=(k:string,w:any,x:any)=>{ bad[k]=(bad[k]??0)+1; if(bad[k]!<=4) console.log(k,w.schedule.text,w.zone,new Date(w.fromMs).toISOString(),new Date(w.toMs).toISOString(),x)};
const iso=(x:number|null|undefined)=>x==null?x:new Date(x).toISOString();
fc.assert(fc.property(windows,(w)=>{ n++;
  const runs:number[]=[]; let to=w.toMs; for(const r of runsBetween(w.schedule,w.zone,w.fromMs,w.toMs)){ if(runs.length>=5000){to=r;break} runs.push(r)}
  for(let i=1;i<runs.length;i++) if(!(runs[i]!>runs[i-1]!)) say('increase',w,iso(runs[i]));
  const c=countRuns(w.schedule,w.zone,w.fromMs,to); if(c!==runs.length) say('count',w,[c,runs.length]);
  const p=previousRun(w.schedule,w.zone,to); const last=runs.at(-1);
  if(runs.length>=3&&p!==last) say('prevlast',w,[iso(p),iso(last),iso(to)]);
  if(p!==null){ const f=nextRun(w.schedule,w.zone,p); if(p>=to||!(f===null||f>=to)) say('prevorder',w,[iso(p),iso(f),iso(to)]); if(nextRun(w.schedule,w.zone,p-1)!==p) say('prevself',w,[iso(p),iso(nextRun(w.schedule,w.zone,p-1))]) }
  const gaps=runs.slice(1).map((r,i)=>r-runs[i]!); const iv=runIntervals(w.schedule,w.zone,w.fromMs,to); if(iv.shortestMs!==(gaps.length?Math.min(...gaps):null)) say('short',w,[iv.shortestMs,Math.min(...gaps)]);
}),{numRuns:Number(process.argv[2]),seed:Number(process.argv[3]??1)});
console.log(n,bad);
