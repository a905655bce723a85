/**
 * List prices of us-east-1 in US dollars: the first tier, without free tiers and without savings plans. They are here to
 * compare designs with; the bill of an account follows its own contract.
 */
export const prices = {
  /** Per transition of a STANDARD workflow. @see https://aws.amazon.com/step-functions/pricing/ */
  standardTransition: 25 / 1e6,
  /** Per execution of an EXPRESS workflow. @see https://aws.amazon.com/step-functions/pricing/ */
  expressRequest: 1 / 1e6,
  /** Per GB-second of an EXPRESS workflow, first 1,000 GB-hours. @see https://aws.amazon.com/step-functions/pricing/ */
  expressGigabyteSecond: 0.00001667,
  /** Per invocation. @see https://aws.amazon.com/lambda/pricing/ */
  lambdaRequest: 0.2 / 1e6,
  /** Per GB-second on arm64. @see https://aws.amazon.com/lambda/pricing/ */
  lambdaGigabyteSecond: 0.0000133334,
  /** Per write request unit, on demand. @see https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  dynamoWrite: 0.625 / 1e6,
  /** Per read request unit, on demand. @see https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  dynamoRead: 0.125 / 1e6,
  /** Per request with a symmetric key. @see https://aws.amazon.com/kms/pricing/ */
  kmsRequest: 0.03 / 1e4,
  /** Per mail, attachments and data apart. @see https://aws.amazon.com/ses/pricing/ */
  mail: 0.1 / 1e3,
  /** Per request to a standard queue. @see https://aws.amazon.com/sqs/pricing/ */
  sqsRequest: 0.4 / 1e6,
  /** Per publication to a standard topic; deliveries to SQS are free. @see https://aws.amazon.com/sns/pricing/ */
  snsPublication: 0.5 / 1e6,
  /** Per request to a REST API. @see https://aws.amazon.com/api-gateway/pricing/ */
  apiRequest: 3.5 / 1e6,
} as const;

/**
 * What a run on one machine cannot measure. The memory of a function is what the stacks set; the durations are guesses
 * on the high side.
 */
export const assumptions = {
  functionGigabytes: 0.5,
  functionSeconds: 0.1,
  /** EXPRESS bills memory in steps of 64 MB. */
  executionGigabytes: 0.0625,
  executionSeconds: 0.5,
} as const;
