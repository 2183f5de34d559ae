import { judgeCampaign } from '../../core/tasks/campaign/judge-campaign.ts';
import { taskHandler } from '../runtime/task-handler.ts';

/** JudgeCampaign on AWS. */
export const handler = taskHandler(judgeCampaign);
