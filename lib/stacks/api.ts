import { Stack, Validations } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import {
  AccessLogFormat, AuthorizationType, CfnRestApi, EndpointType, JsonSchemaType, LambdaIntegration,
  LogGroupLogDestination, MethodLoggingLevel, ResponseType, RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { JsonSchema, Method, Model, RequestValidator } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { errorTable } from '../core/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import { ApiFunctions } from './constructs/api-functions.ts';
import type { ApiFunctionsProps } from './constructs/api-functions.ts';
import { Firewall } from './constructs/firewall.ts';
import type { PlatformFunction } from './constructs/function.ts';
import { encryptedLogGroup } from './constructs/log-group.ts';

export type ApiProps = StackProps & ApiFunctionsProps;

const stageName = 'v1';

/** No path, since paths hold link tokens; no address, which identifies a patient, 45 CFR 164.514(b)(2)(i)(O). */
const accessLogFormat = AccessLogFormat.custom(JSON.stringify({
  requestId: '$context.requestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  caller: '$context.identity.userArn',
  status: '$context.status',
  error: '$context.error.responseType',
  responseLatencyMilliseconds: '$context.responseLatency',
}));

/** The REST API: signed requests everywhere, except on the links in mail. */
export class Api extends Stack {
  readonly #api: RestApi;
  readonly #validator: RequestValidator;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id, props);
    const { prefix, keys } = props;
    this.#api = new RestApi(this, 'RestApi', {
      restApiName: `${prefix}-api`,
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      cloudWatchRole: true,
      // By the first type that a reader accepts, which for an image is one of an image; JSON stays text.
      binaryMediaTypes: ['image/*'],
      deployOptions: {
        stageName,
        tracingEnabled: true,
        metricsEnabled: true,
        // At level INFO API Gateway writes the path of each request, and paths hold link tokens.
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        throttlingRateLimit: 200,
        throttlingBurstLimit: 400,
        accessLogDestination: new LogGroupLogDestination(encryptedLogGroup(this, 'AccessLogs', keys.data)),
        accessLogFormat,
      },
    });
    this.#validator = this.#api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    this.#answerMalformed();
    this.#requireTls();
    this.#encryptExecutionLogs(props);
    this.#route(new ApiFunctions(this, 'Functions', props));
    this.#acknowledge();
    new Firewall(this, 'Firewall', { stage: this.#api.deploymentStage, key: keys.data, prefix });
  }

  #route(functions: ApiFunctions): void {
    this.#signed('POST', 'contacts', functions.putContacts, anObject);
    this.#signed('POST', 'contacts/{contact}/consents', functions.recordConsent, anObject);
    this.#signed('GET', 'contacts/{contact}/consents', functions.readConsents);
    this.#signed('POST', 'contacts/{contact}/links', functions.mintLink, anObject);
    this.#signed('POST', 'contacts/{contact}/consents/{consent}/revocation', functions.recordConsent, anObject);
    this.#signed('POST', 'contacts/{contact}/events', functions.recordEvent, anObject);
    this.#signed('GET', 'contacts/{contact}/timeline', functions.readTimeline);
    this.#signed('GET', 'contacts/{contact}/withdrawals', functions.readWithdrawals);
    this.#signed('GET', 'segments', functions.listSegments);
    this.#signed('GET', 'segments/{segment}/members', functions.listMembers);
    this.#signed('POST', 'segments/{segment}/members', functions.changeMembers, anObject);
    this.#signed('GET', 'follow-ups', functions.listFollowUps);
    this.#signed('POST', 'follow-ups/{id}/closure', functions.closeFollowUp, anObject);
    this.#signed('GET', 'renewals', functions.listRenewals);
    this.#signed('GET', 'compliance', functions.readCompliance);
    this.#signed('POST', 'journeys/{journey}/launch-checks', functions.checkLaunch, anObject);
    this.#signed('POST', 'journeys/{journey}/enrolments', functions.requestEnrolment, anObject);
    this.#signed('GET', 'journeys', functions.listJourneys);
    this.#signed('POST', 'journeys/{journey}/pause', functions.pauseJourney, anObject);
    this.#signed('POST', 'journeys/{journey}/resumption', functions.resumeJourney, anObject);
    this.#signed('POST', 'journeys/{journey}/migrations', functions.requestMigration, anObject);
    this.#signed('GET', 'journeys/{journey}/migrations/{id}', functions.readMigration);
    this.#signed('POST', 'journeys/{journey}/retirement', functions.retireJourney, anObject);
    this.#signed('POST', 'journeys/{journey}/versions/{version}/publication', functions.publishVersion, anObject);
    this.#signed('DELETE', 'journeys/{journey}/versions/{version}', functions.deleteVersion);
    this.#signed('GET', 'journeys/{journey}/versions/{version}/report', functions.readReport);
    this.#signed('GET', 'sends/{send}/receipt', functions.readReceipt);
    for (const path of ['receipts', 'receipts/{day}', 'receipts/{day}/{position}']) {
      this.#signed('GET', path, functions.readReceipts);
    }
    for (const method of ['GET', 'HEAD']) this.#public(method, 'l/{token}', functions.followLink);
    for (const method of ['GET', 'HEAD']) this.#public(method, 'o/{token}', functions.recordOpen);
    for (const method of ['GET', 'POST']) this.#public(method, 'u/{token}', functions.unsubscribe);
    for (const method of ['GET', 'POST']) this.#public(method, 'p/{token}', functions.showPreferences);
    for (const method of ['GET', 'POST']) this.#public(method, 'a/{token}', functions.showAuthorization);
  }

  #signed(method: string, path: string, target: PlatformFunction, body?: JsonSchema): void {
    Validations.of(this.#method(method, path, target, AuthorizationType.IAM, body)).acknowledge({
      id: 'AwsSolutions-COG4',
      reason: 'Callers are systems of the organisation, which sign with IAM; the API has no users to sign in.',
    });
  }

  #public(method: string, path: string, target: PlatformFunction): void {
    const reason = 'A patient who follows a link has no credentials, and 16 CFR 316.5 lets nobody ask for a log-in to stop '
      + 'mail. The token in the path cannot be guessed or read, ends, and opens one page of one contact, which shows and '
      + 'changes that contact\'s own choices and signatures alone.';
    Validations.of(this.#method(method, path, target, AuthorizationType.NONE))
      .acknowledge({ id: 'AwsSolutions-APIG4', reason }, { id: 'AwsSolutions-COG4', reason });
  }

  #method(method: string, path: string, target: PlatformFunction, authorizationType: AuthorizationType, body?: JsonSchema): Method {
    const parameters = [...path.matchAll(/\{(\w+)\}/gu)].map((match) => [`method.request.path.${match[1]}`, true]);
    return this.#api.root.resourceForPath(path).addMethod(
      method,
      new LambdaIntegration(target.lambda, { allowTestInvoke: false }),
      {
        authorizationType,
        requestValidator: this.#validator,
        requestParameters: Object.fromEntries(parameters) as Record<string, boolean>,
        ...(body === undefined ? {} : { requestModels: { 'application/json': this.#model(path, body) } }),
      },
    );
  }

  #model(path: string, schema: JsonSchema): Model {
    const words = path.match(/[a-z]+/gu) ?? [];
    const id = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    return this.#api.addModel(`${id}Body`, { contentType: 'application/json', schema });
  }

  /** A body that API Gateway refuses gets the same answer as one that a function refuses. */
  #answerMalformed(): void {
    const code: ErrorCode = 'input.malformed';
    const { status, remedy } = errorTable[code];
    this.#api.addGatewayResponse('Malformed', {
      type: ResponseType.BAD_REQUEST_BODY,
      statusCode: String(status),
      templates: { 'application/json': JSON.stringify({ error: { code, remedy } }) },
    });
  }

  #requireTls(): void {
    const api = this.#api.node.defaultChild;
    if (!(api instanceof CfnRestApi)) throw new Error('the REST API has no resource');
    api.securityPolicy = 'SecurityPolicy_TLS13_1_2_2021_06';
    api.endpointAccessMode = 'BASIC';
  }

  /** API Gateway makes this log group itself when it is missing, without a key and without an end. */
  #encryptExecutionLogs({ keys }: ApiProps): void {
    const logs = encryptedLogGroup(
      this, 'ExecutionLogs', keys.data, `API-Gateway-Execution-Logs_${this.#api.restApiId}/${stageName}`,
    );
    this.#api.deploymentStage.node.addDependency(logs);
  }

  #acknowledge(): void {
    Validations.of(this.#api.deploymentStage).acknowledge(
      {
        id: 'HIPAA.Security-APIGWCacheEnabledAndEncrypted',
        reason: 'No response is cached: a cache would be one more store of what the API answers about patients.',
      },
      {
        id: 'HIPAA.Security-APIGWSSLEnabled',
        reason: 'The back ends are Lambda functions, which API Gateway invokes with IAM; a client certificate is for '
          + 'HTTP back ends.',
      },
    );
    Validations.of(this.#api).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      reason: 'API Gateway accepts only a logging role with what this policy allows, for the whole account.',
    });
  }
}

/** The function checks the body against the full schema, and answers with the path of each fault. */
const anObject: JsonSchema = { type: JsonSchemaType.OBJECT };
