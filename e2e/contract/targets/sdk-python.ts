import { ensureVenv } from './python';

let announced = false;

/** A Python with the client as it is published, for its documentation's examples; null, and one line why, without it. */
export async function sdkPython(): Promise<string | null> {
  const venv = await ensureVenv('python-sdk', 10, ['langgraph-sdk==0.4.14']);
  if (venv.ok) return venv.value.python;
  if (!announced) process.stdout.write(`skipped: the examples of the Python SDK (${venv.error})\n`);
  announced = true;
  return null;
}
