import { z } from 'zod';

// guid() and not uuid(): re-implementations of the API are not strict about version and variant bits.
export const cronIdSchema = z.guid().brand<'CronId'>();
export const threadIdSchema = z.guid().brand<'ThreadId'>();
export const assistantIdSchema = z.guid().brand<'AssistantId'>();
export const runIdSchema = z.guid().brand<'RunId'>();
/** Short name of a deployment in URLs and in crondeck.config.json. */
export const deploymentIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use 1 to 40 small letters, digits and hyphens.')
  .brand<'DeploymentId'>();

export type CronId = z.infer<typeof cronIdSchema>;
export type ThreadId = z.infer<typeof threadIdSchema>;
export type AssistantId = z.infer<typeof assistantIdSchema>;
export type RunId = z.infer<typeof runIdSchema>;
export type DeploymentId = z.infer<typeof deploymentIdSchema>;
