import { expect, test } from 'vitest';
import { deployment, ofType, resourcesOf } from './deployment.ts';

const resources = resourcesOf(deployment().platform);
const methods = ofType(resources, 'AWS::ApiGateway::Method');
const stage = ofType(resources, 'AWS::ApiGateway::Stage')[0]?.Properties;

const pathOf = (reference: unknown): string => {
  const id = (reference as { Ref?: string }).Ref;
  if (id === undefined) return '';
  const { ParentId, PathPart } = resources[`Api/${id}`]?.Properties ?? {};
  return `${pathOf(ParentId)}/${String(PathPart)}`;
};
const routes = methods.map(({ Properties }) => ({
  route: `${String(Properties['HttpMethod'])} ${pathOf(Properties['ResourceId'])}`,
  properties: Properties,
}));

test('the API has these operations', () => {
  expect(routes.map(({ route }) => route).sort()).toEqual([
    'DELETE /journeys/{journey}/versions/{version}',
    'GET /a/{token}',
    'GET /compliance',
    'GET /contacts/{contact}/consents',
    'GET /contacts/{contact}/timeline',
    'GET /contacts/{contact}/withdrawals',
    'GET /follow-ups',
    'GET /journeys',
    'GET /journeys/{journey}/migrations/{id}',
    'GET /journeys/{journey}/versions/{version}/report',
    'GET /l/{token}',
    'GET /o/{token}',
    'GET /p/{token}',
    'GET /receipts',
    'GET /receipts/{day}',
    'GET /receipts/{day}/{position}',
    'GET /renewals',
    'GET /segments', 'GET /segments/{segment}/members',
    'GET /sends/{send}/receipt',
    'GET /u/{token}',
    'HEAD /l/{token}',
    'HEAD /o/{token}',
    'POST /a/{token}',
    'POST /contacts',
    'POST /contacts/{contact}/consents',
    'POST /contacts/{contact}/consents/{consent}/revocation',
    'POST /contacts/{contact}/events',
    'POST /contacts/{contact}/links',
    'POST /follow-ups/{id}/closure',
    'POST /journeys/{journey}/enrolments',
    'POST /journeys/{journey}/launch-checks',
    'POST /journeys/{journey}/migrations',
    'POST /journeys/{journey}/pause',
    'POST /journeys/{journey}/resumption',
    'POST /journeys/{journey}/retirement',
    'POST /journeys/{journey}/versions/{version}/publication',
    'POST /p/{token}',
    'POST /segments/{segment}/members', 'POST /u/{token}',
  ]);
});

test('every operation asks for a signature, except the links that patients open', () => {
  const open = routes.filter(({ properties }) => properties['AuthorizationType'] !== 'AWS_IAM');
  expect(open.map(({ route }) => route).sort()).toEqual([
    'GET /a/{token}', 'GET /l/{token}', 'GET /o/{token}', 'GET /p/{token}', 'GET /u/{token}', 'HEAD /l/{token}', 'HEAD /o/{token}', 'POST /a/{token}', 'POST /p/{token}',
    'POST /u/{token}',
  ]);
});

test('every operation is validated, and takes a body only where it has a model', () => {
  expect(routes.filter(({ properties }) => properties['RequestValidatorId'] === undefined)).toEqual([]);
});

test('access logs hold no path, no query and no address', () => {
  expect(JSON.stringify(stage?.['AccessLogSetting']).match(/\$context\.[\w.]+/gu)).toEqual([
    '$context.requestId', '$context.requestTimeEpoch', '$context.httpMethod', '$context.resourcePath',
    '$context.identity.userArn', '$context.status', '$context.error.responseType', '$context.responseLatency',
  ]);
});

test('execution logs hold errors alone, without data', () => {
  expect(stage?.['MethodSettings']).toMatchObject([{ LoggingLevel: 'ERROR', DataTraceEnabled: false }]);
});

test('the API speaks TLS 1.2 or newer', () => {
  expect(ofType(resources, 'AWS::ApiGateway::RestApi')[0]?.Properties['SecurityPolicy']).toBe('SecurityPolicy_TLS13_1_2_2021_06');
});

test('a firewall with managed rules and a rate limit stands before the stage', () => {
  const rules = ofType(resources, 'AWS::WAFv2::WebACL')[0]?.Properties['Rules'] as { Name: string }[];
  expect([rules.map(({ Name }) => Name), ofType(resources, 'AWS::WAFv2::WebACLAssociation').length])
    .toEqual([['link-rate', 'common', 'known-bad-inputs'], 1]);
});

test('the logs of the firewall hold no path and no query', () => {
  expect(ofType(resources, 'AWS::WAFv2::LoggingConfiguration')[0]?.Properties['RedactedFields'])
    .toEqual([{ UriPath: {} }, { QueryString: {} }, { SingleHeader: { Name: 'authorization' } }]);
});

test('a refused body is answered with the code that a function would give', () => {
  const answer = ofType(resources, 'AWS::ApiGateway::GatewayResponse')[0]?.Properties['ResponseTemplates'] as Record<string, string>;
  expect(JSON.parse(answer['application/json'] ?? '')).toMatchObject({ error: { code: 'input.malformed' } });
});
