import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import { allow, give } from './functions.ts';
import { accept, acceptWildcard } from './reasons.ts';

const closed = {
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/** The reports of jobs: a bucket that outlives the stack and keeps what was replaced in it. */
export class Reports extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, key: IKey | undefined) {
    super(scope, id);
    const log = new Bucket(this, 'AccessLog', {
      ...closed,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    accept(log, 'AwsSolutions-S1', 'This is the bucket that the access logs are written to.');
    this.bucket = new Bucket(this, 'Bucket', {
      ...closed,
      ...(key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
      versioned: true,
      // The library's own types disagree about what may be undefined.
      serverAccessLogsBucket: log as IBucket,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(400) }],
    });
  }

  /** Tells a function where reports are, and lets it touch none. */
  letName(target: Function): void {
    const environment: EnvironmentOf<'reports'> = { LIFEBOAT_REPORT_BUCKET: this.bucket.bucketName };
    give(target, { ...environment });
  }

  letWrite(target: Function): void {
    this.#letTouch(target, 's3:PutObject');
  }

  /**
   * Lets Lambda, which acts as the function, keep here what the function could not deal with:
   * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
   */
  letKeepFailures(target: Function): void {
    const failures = this.bucket.arnForObjects('aws/lambda/*');
    allow(target, ['s3:PutObject'], [failures]);
    allow(target, ['s3:ListBucket'], [this.bucket.bucketArn]);
    acceptWildcard(target.role ?? target, failures, 'Lambda makes up the names of these objects.');
  }

  letRead(target: Function): void {
    this.#letTouch(target, 's3:GetObject');
    // Without it, S3 answers that a report that is not there is forbidden.
    allow(target, ['s3:ListBucket'], [this.bucket.bucketArn]);
  }

  #letTouch(target: Function, action: string): void {
    this.letName(target);
    const reports = this.bucket.arnForObjects('reports/*');
    allow(target, [action], [reports]);
    acceptWildcard(
      target.role ?? target,
      reports,
      'The function writes or reads the reports of all jobs, whose ids are not known beforehand.',
    );
  }
}
