import * as z from 'zod';

/** The analyzers that Atlas brings along. */
export const builtInAnalyzer = z.enum(
  [
    ...(['standard', 'simple', 'whitespace', 'keyword', 'arabic', 'armenian', 'basque', 'bengali'] as const),
    ...(['brazilian', 'bulgarian', 'catalan', 'chinese', 'cjk', 'czech', 'danish', 'dutch'] as const),
    ...(['english', 'finnish', 'french', 'galician', 'german', 'greek', 'hindi', 'hungarian'] as const),
    ...([
      'indonesian',
      'irish',
      'italian',
      'japanese',
      'korean',
      'kuromoji',
      'latvian',
      'lithuanian',
    ] as const),
    ...(['morfologik', 'nori', 'norwegian', 'persian', 'portuguese', 'romanian', 'russian'] as const),
    ...(['smartcn', 'sorani', 'spanish', 'swedish', 'thai', 'turkish', 'ukrainian'] as const),
  ].map((name) => `lucene.${name}` as const),
  'must be one of the analyzers that Atlas brings along, such as lucene.standard',
);

const omitOrInclude = z.enum(['omit', 'include']).optional();
const flag = z.boolean().optional();
const grams = { minGram: z.int(), maxGram: z.int() };
const longest = { maxTokenLength: z.int().optional() };

function kind<const Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) {
  return z.strictObject({ type: z.literal(type), ...fields });
}

const charFilter = z.discriminatedUnion('type', [
  kind('htmlStrip', { ignoredTags: z.array(z.string()).readonly().optional() }),
  kind('icuNormalize', {}),
  kind('mapping', { mappings: z.record(z.string(), z.string()) }),
  kind('persian', {}),
]);

const tokenizer = z.discriminatedUnion('type', [
  kind('edgeGram', grams),
  kind('keyword', {}),
  kind('nGram', grams),
  kind('regexCaptureGroup', { pattern: z.string(), group: z.int() }),
  kind('regexSplit', { pattern: z.string() }),
  kind('standard', longest),
  kind('uaxUrlEmail', longest),
  kind('whitespace', longest),
]);

const stemmer = z.enum([
  ...([
    'arabic',
    'armenian',
    'basque',
    'catalan',
    'danish',
    'dutch',
    'english',
    'finnish',
    'french',
  ] as const),
  ...(['german', 'german2', 'hungarian', 'irish', 'italian', 'kp', 'lithuanian', 'lovins'] as const),
  ...(['norwegian', 'porter', 'portuguese', 'romanian', 'russian', 'spanish', 'swedish', 'turkish'] as const),
]);

const wordDelimiterGraph = kind('wordDelimiterGraph', {
  delimiterOptions: z
    .strictObject({
      concatenateAll: flag,
      concatenateNumbers: flag,
      concatenateWords: flag,
      generateNumberParts: flag,
      generateWordParts: flag,
      ignoreKeywords: flag,
      preserveOriginal: flag,
      splitOnCaseChange: flag,
      splitOnNumerics: flag,
      stemEnglishPossessive: flag,
    })
    .optional(),
  protectedWords: z.strictObject({ words: z.array(z.string()).readonly(), ignoreCase: flag }).optional(),
});

const tokenFilter = z.discriminatedUnion('type', [
  kind('asciiFolding', { originalTokens: omitOrInclude }),
  kind('daitchMokotoffSoundex', { originalTokens: omitOrInclude }),
  kind('edgeGram', { ...grams, termNotInBounds: omitOrInclude }),
  kind('englishPossessive', {}),
  kind('flattenGraph', {}),
  kind('icuFolding', {}),
  kind('icuNormalizer', { normalizationForm: z.enum(['nfd', 'nfc', 'nfkd', 'nfkc']).optional() }),
  kind('kStemming', {}),
  kind('length', { min: z.int().optional(), max: z.int().optional() }),
  kind('lowercase', {}),
  kind('nGram', { ...grams, termNotInBounds: omitOrInclude }),
  kind('porterStemming', {}),
  kind('regex', { pattern: z.string(), replacement: z.string(), matches: z.enum(['all', 'first']) }),
  kind('reverse', {}),
  kind('shingle', { minShingleSize: z.int(), maxShingleSize: z.int() }),
  kind('snowballStemming', { stemmerName: stemmer }),
  kind('spanishPluralStemming', {}),
  kind('stempel', {}),
  kind('stopword', { tokens: z.array(z.string()).readonly(), ignoreCase: flag }),
  kind('trim', {}),
  wordDelimiterGraph,
]);

/**
 * An analyzer of the user's own: characters are filtered, made into tokens, and the tokens filtered. Its name must not
 * look like one of Atlas's.
 */
export const analyzer = z.strictObject({
  name: z
    .string()
    .regex(/^(?!lucene\.|builtin\.|mongodb\.)/, 'must not begin with lucene., builtin. or mongodb.'),
  charFilters: z.array(charFilter).readonly().optional(),
  tokenizer,
  tokenFilters: z.array(tokenFilter).readonly().optional(),
});
