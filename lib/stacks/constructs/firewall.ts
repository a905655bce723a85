import { Aws } from 'aws-cdk-lib';
import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { encryptedLogGroup } from './log-group.ts';

export type FirewallProps = { readonly stage: Stage; readonly key: IKey; readonly prefix: string };

/**
 * Requests from one address to patients' links in five minutes. Mail scanners of a large provider open many links from
 * few addresses, so the limit stops a search for tokens rather than a scanner.
 */
const linkRequestsPerAddress = 2000;

/** AWS managed rules and a rate limit before the API. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stage, key, prefix }: FirewallProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: metrics(prefix),
      rules: [rateLimit(prefix, 0), commonRules(prefix, 1), knownBadInputs(prefix, 2)],
    });
    const association = new CfnWebACLAssociation(this, 'Association', {
      resourceArn: stage.stageArn,
      webAclArn: acl.attrArn,
    });
    association.node.addDependency(stage);
    const logs = encryptedLogGroup(this, 'Logs', key, `aws-waf-logs-${prefix}`);
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        // The log group's own ARN attribute ends in `:*`, which WAF refuses.
        `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logs.logGroupName}`,
      ],
      // Paths hold link tokens and contact ids; signatures stand in the authorization header.
      redactedFields: [{ uriPath: {} }, { queryString: {} }, { singleHeader: { Name: 'authorization' } }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
        }],
      },
    });
  }
}

/** Metrics only: sampled requests would show paths and headers in the console. */
const metrics = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

const rateLimit = (prefix: string, priority: number): CfnWebACL.RuleProperty => ({
  name: 'link-rate',
  priority,
  action: { block: {} },
  visibilityConfig: metrics(`${prefix}-link-rate`),
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      limit: linkRequestsPerAddress,
      evaluationWindowSec: 300,
      scopeDownStatement: {
        orStatement: { statements: ['/l/', '/u/', '/p/', '/a/'].map(pathContains) },
      },
    },
  },
});

const pathContains = (searchString: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'CONTAINS',
    searchString,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

const commonRules = (prefix: string, priority: number): CfnWebACL.RuleProperty => ({
  name: 'common',
  priority,
  overrideAction: { none: {} },
  visibilityConfig: metrics(`${prefix}-common`),
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name: 'AWSManagedRulesCommonRuleSet',
      // Imports are longer than the 8 kB at which this rule blocks; API Gateway has its own limit of 10 MB.
      ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }],
    },
  },
});

const knownBadInputs = (prefix: string, priority: number): CfnWebACL.RuleProperty => ({
  name: 'known-bad-inputs',
  priority,
  overrideAction: { none: {} },
  visibilityConfig: metrics(`${prefix}-known-bad-inputs`),
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesKnownBadInputsRuleSet' } },
});
