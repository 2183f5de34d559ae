import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { TABLE_SHAPE } from '../core/jobs/table/table-shape.ts';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import { allow, give } from './functions.ts';

const string = AttributeType.STRING;

/** The history of jobs: the table of core/jobs/table/table-shape.ts, which outlives the stack. */
export class History extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, key: IKey | undefined) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE_SHAPE.partitionKey, type: string },
      sortKey: { name: TABLE_SHAPE.sortKey, type: string },
      globalSecondaryIndexes: TABLE_SHAPE.indexes.map(({ name, partitionKey }) => ({
        indexName: name,
        partitionKey: { name: partitionKey, type: string },
        sortKey: { name: TABLE_SHAPE.indexSortKey, type: string },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...TABLE_SHAPE.projectedAttributes],
      })),
      timeToLiveAttribute: TABLE_SHAPE.timeToLiveAttribute,
      billing: Billing.onDemand(),
      encryption:
        key === undefined ? TableEncryptionV2.awsManagedKey() : TableEncryptionV2.customerManagedKey(key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Lets a function read and write jobs, and take leases. Nothing of what is there can be deleted by any. */
  letWrite(target: Function): void {
    const { tableArn } = this.table;
    allow(target, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], [tableArn]);
    this.#give(target);
  }

  /** Lets a function read jobs, lists included. */
  letRead(target: Function): void {
    allow(target, ['dynamodb:GetItem', 'dynamodb:Query'], [this.table.tableArn]);
    this.letList(target);
    this.#give(target);
  }

  /** Lets a function list jobs by all indexes. */
  letList(target: Function): void {
    const indexes = TABLE_SHAPE.indexes.map(({ name }) => `${this.table.tableArn}/index/${name}`);
    allow(target, ['dynamodb:Query'], indexes);
  }

  #give(target: Function): void {
    const environment: EnvironmentOf<'history'> = { LIFEBOAT_TABLE: this.table.tableName };
    give(target, { ...environment });
  }
}
