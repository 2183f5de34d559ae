import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EnvironmentOf } from '../lambdas/runtime/environment.ts';
import { isLoopback } from './config.ts';
import { allow, give } from './functions.ts';
import { accept } from './reasons.ts';

const READ = ['secretsmanager:GetSecretValue'];
const WRITE = [...READ, 'secretsmanager:PutSecretValue'];

/** The secrets: what Atlas knows us by, the token that functions share, and what runbooks name. */
export class Secrets extends Construct {
  readonly atlas: Secret;
  readonly outbound: Secret;
  readonly #token: Secret;
  readonly #key: IKey | undefined;
  readonly #atlasUrl: string;

  constructor(scope: Construct, id: string, key: IKey | undefined, atlasUrl: string) {
    super(scope, id);
    this.#key = key;
    this.#atlasUrl = atlasUrl;
    this.atlas = this.#secret('Atlas', 'Credentials for Atlas');
    this.#token = this.#secret('Token', 'The access token for Atlas that the functions share');
    this.outbound = this.#secret('Outbound', 'What runbooks name: addresses and signing secrets of webhooks');
    accept(
      this.atlas,
      'AwsSolutions-SMG4',
      'Only Atlas issues these credentials, and whoever rotates them must be allowed to issue more of them, which Lifeboat is ' +
        'not. docs/aws.md tells how they are rotated by hand; a new value is used within five minutes, without a deployment.',
    );
    accept(this.#token, 'AwsSolutions-SMG4', 'It holds a token that the functions replace every hour.');
    accept(
      this.outbound,
      'AwsSolutions-SMG4',
      'The receivers of messages choose these values, so no function here can rotate them. A new value is used within five ' +
        'minutes, without a deployment.',
    );
  }

  /** Lets a function ask Atlas. */
  letAskAtlas(target: Function): void {
    allow(target, READ, [this.atlas.secretArn]);
    allow(target, WRITE, [this.#token.secretArn]);
    const environment: EnvironmentOf<'atlas'> = {
      LIFEBOAT_ATLAS_URL: this.#atlasUrl,
      LIFEBOAT_ATLAS_SECRET: this.atlas.secretArn,
      LIFEBOAT_TOKEN_SECRET: this.#token.secretArn,
    };
    give(target, { ...environment });
  }

  /** Lets a function post to systems that runbooks name. */
  letPost(target: Function): void {
    allow(target, READ, [this.outbound.secretArn]);
    const environment: EnvironmentOf<'outbound'> = {
      LIFEBOAT_OUTBOUND_SECRET: this.outbound.secretArn,
      // Whoever's Atlas is on this machine plays with an emulator; its receivers are here, too.
      LIFEBOAT_OUTBOUND_REACH: isLoopback(this.#atlasUrl) ? 'internet-and-loopback' : 'internet',
    };
    give(target, { ...environment });
  }

  #secret(id: string, description: string): Secret {
    return new Secret(this, id, {
      description,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(this.#key !== undefined && { encryptionKey: this.#key }),
    });
  }
}
