import { Aws, Stack, RemovalPolicy } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { env } from '../aws/env.ts';
import { vaultPath } from './constructs/function.ts';
import { permit } from './constructs/grant.ts';
import type { Conditions, Grant } from './constructs/grant.ts';

export type KeysProps = StackProps & { readonly prefix: string };

/**
 * Two multi-Region keys, so that a replica in another Region opens what this one wrapped: `data` encrypts every
 * resource at rest, `vault` wraps the contacts' data keys.
 */
export class Keys extends Stack {
  readonly data: Key;
  readonly vault: Key;

  constructor(scope: Construct, id: string, props: KeysProps) {
    super(scope, id, props);
    this.data = new Key(this, 'Data', {
      ...common,
      description: 'Encrypts tables, queues, topics, logs and workflow state at rest',
      policy: new PolicyDocument({ statements: [administration(), ...usesAtRest(this)] }),
    });
    this.vault = new Key(this, 'Vault', {
      ...common,
      description: 'Wraps the data key of each contact',
      policy: new PolicyDocument({ statements: [administration(), opening(props.prefix)] }),
    });
  }

  /** Opens contacts' data keys. Each call names its contact in the encryption context, and so in the access log. */
  openContacts(): Grant {
    return this.#unwrap(['kms:Decrypt'], ofContacts);
  }

  /** Makes the data key of a new contact, and opens those of others. */
  createContacts(): Grant {
    return this.#unwrap(['kms:Decrypt', 'kms:GenerateDataKey'], ofContacts);
  }

  /** Opens one of the application's own keys, which open no contact's record. */
  openOwn(name: OwnKey): Grant {
    return this.#unwrap(['kms:Decrypt'], ofApplication(name));
  }

  /** Opens one of the application's own keys, and makes it at first use. */
  createOwn(name: OwnKey): Grant {
    return this.#unwrap(['kms:Decrypt', 'kms:GenerateDataKey'], ofApplication(name));
  }

  #unwrap(actions: readonly string[], conditions: Conditions): Grant {
    return {
      statements: [permit(actions, [this.vault.keyArn], conditions)],
      environment: { [env.vaultKey]: this.vault.keyArn },
      opensVault: true,
    };
  }
}

/** `links` seals the tokens in mail, `lookup` digests the ids of source systems. */
export type OwnKey = 'links' | 'lookup';

/** The partition of ContactKeys that holds one of the application's own keys, wrapped. */
export const ownKeyPartition = (name: OwnKey): string => `app#${name}`;

const ofContacts: Conditions = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['contact'] },
  Null: { 'kms:EncryptionContextKeys': 'false' },
};

const ofApplication = (name: OwnKey): Conditions => ({ StringEquals: { 'kms:EncryptionContext:application': name } });

const common = {
  multiRegion: true,
  enableKeyRotation: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/** Lets IAM of this account administer the key, and not use it. */
const administration = (): PolicyStatement =>
  inKey('Administer', {
    principals: [new AccountRootPrincipal()],
    actions: [
      'CancelKeyDeletion', 'CreateAlias', 'DeleteAlias', 'DescribeKey', 'DisableKey', 'EnableKey',
      'EnableKeyRotation', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListAliases', 'ListGrants', 'ListKeyPolicies',
      'ListResourceTags', 'PutKeyPolicy', 'ReplicateKey', 'RevokeGrant', 'ScheduleKeyDeletion', 'TagResource',
      'UntagResource', 'UpdateAlias', 'UpdateKeyDescription', 'UpdatePrimaryRegion',
    ],
  });

/** Only roles on the vault's path, only with an encryption context, and only as far as their own policies allow. */
const opening = (prefix: string): PolicyStatement =>
  inKey('OpenContacts', {
    principals: [new AccountRootPrincipal()],
    actions: ['Decrypt', 'GenerateDataKey'],
    conditions: {
      ArnLike: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${vaultPath(prefix)}*` },
      Null: { 'kms:EncryptionContextKeys': 'false' },
    },
  });

const cryptography = [
  'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom',
  'ReEncryptTo',
] as const;

const usesAtRest = (stack: Stack): readonly PolicyStatement[] => {
  const thisAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  return [
    inKey('UseByPolicy', { principals: [new AccountRootPrincipal()], actions: cryptography }),
    inKey('GrantToServices', {
      principals: [new AccountRootPrincipal()],
      actions: ['CreateGrant'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    inKey('EncryptLogs', {
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: cryptography,
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn':
            `arn:${Aws.PARTITION}:logs:${stack.region}:${Aws.ACCOUNT_ID}:log-group:*`,
        },
      },
    }),
    inKey('DeliverWorkflowLogs', {
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['Decrypt'],
      conditions: thisAccount,
    }),
    inKey('PublishMailEvents', {
      principals: [new ServicePrincipal('ses.amazonaws.com'), new ServicePrincipal('sns.amazonaws.com')],
      actions: ['Decrypt', 'GenerateDataKey'],
      conditions: thisAccount,
    }),
    // As CloudWatch documents it for alarms on an encrypted topic; it names no condition that it would meet.
    inKey('PublishAlarms', {
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['Decrypt', 'GenerateDataKey'],
    }),
  ];
};

type KeyStatement = {
  readonly principals: (AccountRootPrincipal | ServicePrincipal)[];
  readonly actions: readonly string[];
  readonly conditions?: Conditions;
};

/** In a key's policy the resource `*` is the key itself. */
const inKey = (sid: string, { principals, actions, conditions = {} }: KeyStatement): PolicyStatement =>
  new PolicyStatement({ sid, principals, actions: actions.map((action) => `kms:${action}`), resources: ['*'], conditions });
