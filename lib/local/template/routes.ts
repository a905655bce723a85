import type { Parts } from './parts.ts';

/** A method of the REST API and the function behind it. */
export type Route = {
  readonly method: string;
  /** As API Gateway writes it, `/contacts/{contact}`. */
  readonly resource: string;
  readonly functionArn: string;
  /** `AWS_IAM`, `NONE`, … */
  readonly authorization: string;
};

const target = (uri: string | undefined): string | undefined =>
  /functions\/(arn:[^/]+)\/invocations/u.exec(uri ?? '')?.[1];

/** @throws Error when two APIs lay claim to one method of a path, since one machine serves them on one port. */
export const readRoutes = (parts: Parts): readonly Route[] => {
  const resources = new Map(parts.ApiResource.map(({ place, properties }) => [place.name, properties]));
  const pathOf = (id: string): string => {
    const resource = resources.get(id);
    return resource === undefined ? '' : `${pathOf(resource.ParentId)}/${resource.PathPart}`;
  };
  const routes = parts.Method.flatMap(({ properties }) => {
    const functionArn = target(properties.Integration?.Uri);
    if (functionArn === undefined) return [];
    const resource = pathOf(properties.ResourceId);
    return [{
      method: properties.HttpMethod,
      resource: resource === '' ? '/' : resource,
      functionArn,
      authorization: properties.AuthorizationType,
    }];
  });
  const seen = new Set<string>();
  for (const { method, resource } of routes) {
    if (seen.has(`${method} ${resource}`)) throw new Error(`two functions serve ${method} ${resource}`);
    seen.add(`${method} ${resource}`);
  }
  return routes;
};
