import { clusterName, type ClusterRef } from './cluster.ts';

/** A run inside a sentence: `run 5e… of pipeline orders-to-lake`. */
export function pipelineTitle({ name, run }: { readonly name: string; readonly run: string }): string {
  return `run ${run} of pipeline ${name}`;
}

/** A snapshot export job inside a sentence. */
export function exportTitle(exportId: string, source: ClusterRef): string {
  return `snapshot export job ${exportId} of ${clusterName(source)}`;
}
