import type { TestProject } from 'vitest/node';
import { askServer } from './ask-server';
import { targetSchema } from './server-under-test';

/** Questions the server once, before any case; the answer is handed to every file. */
export default async function setup(project: TestProject): Promise<void> {
  const described = process.env.CONTRACT_TARGET;
  if (!described) throw new Error('Start the suite with: npm run contract -- --url URL');
  project.provide('server', await askServer(targetSchema.parse(JSON.parse(described))));
}
