/** An OAuth service account of an Atlas organization or project. */
export interface ServiceAccountCredentials {
  readonly kind: 'serviceAccount';
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A programmatic API key. */
export interface ApiKeyCredentials {
  readonly kind: 'apiKey';
  readonly publicKey: string;
  readonly privateKey: string;
}

/** What Atlas knows us by. */
export type Credentials = ServiceAccountCredentials | ApiKeyCredentials;
