import type { SandboxReply } from '../../http.ts';
import { personOf } from '../find-person.ts';
import type { GraphCall, GraphRoute } from '../graph-call.ts';
import { odataContext } from '../link-base.ts';
import { badRequest, GraphRefusal } from '../refusal.ts';

const READ_PHOTOS = ['ProfilePhoto.Read.All', 'ProfilePhoto.ReadWrite.All'];
const SIZES = new Set([48, 64, 96, 120, 240, 360, 432, 504, 648].map((side) => `${side}x${side}`));

/** Profile photos; this tenant keeps them in 48x48 alone. */
export function photoRoutes(): GraphRoute[] {
  const get = (template: string, operation: GraphRoute['operation']): GraphRoute => ({
    method: 'GET',
    template,
    anyOf: READ_PHOTOS,
    operation,
  });
  const noPhotoOfThisSize = (call: GraphCall): void => {
    const size = call.ids[1]!.toLowerCase();
    if (!SIZES.has(size)) throw badRequest(`The photo size '${call.ids[1]}' is not supported.`);
    if (size !== '48x48') throw imageNotFound();
  };
  return [
    get('/users/{id}/photo', metadata),
    get('/users/{id}/photo/$value', bytes),
    get('/users/{id}/photos/{id}', (call) => {
      noPhotoOfThisSize(call);
      return metadata(call);
    }),
    get('/users/{id}/photos/{id}/$value', (call) => {
      noPhotoOfThisSize(call);
      return bytes(call);
    }),
  ];
}

const imageNotFound = (): GraphRefusal =>
  new GraphRefusal(
    404,
    'ImageNotFound',
    "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
  );

function photoOf({ world, ids }: GraphCall): string {
  const { photo } = personOf(world, ids[0]!);
  if (photo === null) throw imageNotFound();
  return photo;
}

function metadata(call: GraphCall): SandboxReply {
  photoOf(call);
  const context = odataContext(`users('${encodeURIComponent(call.ids[0]!)}')/photo/$entity`);
  const body = {
    '@odata.context': context,
    '@odata.mediaContentType': 'image/png',
    id: '48x48',
    height: 48,
    width: 48,
  };
  return { status: 200, body };
}

const bytes = (call: GraphCall): SandboxReply => ({
  status: 200,
  headers: { 'Content-Type': 'image/png' },
  body: Buffer.from(photoOf(call), 'base64'),
});
