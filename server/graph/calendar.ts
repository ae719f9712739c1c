import type { TenantId } from '../domain/people/person.ts';
import type { Calendar } from '../ports.ts';
import { readBusy } from './busy.ts';
import { acceptEventCall, findCopies, removeCopyCall } from './copies.ts';
import {
  cancelEventCall,
  createDateCall,
  findDatesByTag,
  moveDateCall,
  readDate,
  readDatesOfSeries,
  readOrganizerWindow,
  readSeriesDates,
  writeOne,
} from './dates.ts';
import { createSeriesCall, endSeries, findSeriesByTag } from './series.ts';
import { createOnlineCheck } from './online-check.ts';
import { readSettings } from './settings.ts';
import { renewSubscription, renewSubscriptions, subscribe, subscribeAll, type NoticeUrls } from './subscriptions.ts';
import { listTagged, readTag, tagEventCall } from './tags.ts';
import { clientOf, type GraphClients } from './tenants.ts';
import { readViews } from './views.ts';
import { writeTogether } from './write-together.ts';

/** Calendars through Microsoft Graph. Throws RangeError when a notice URL is not https: Graph delivers nowhere else. */
export function createCalendar(clients: GraphClients, urls: NoticeUrls): Calendar {
  for (const [name, url] of Object.entries(urls)) {
    if (!URL.canParse(url as string) || new URL(url as string).protocol !== 'https:')
      throw new RangeError(`${name} is not an https URL`);
  }
  const of = (tenantId: TenantId) => clientOf(clients, tenantId);
  return {
    readSettings: async (tenantId, people) => readSettings(clients, tenantId, people),
    readBusy: async (tenantId, through, mailboxes, from, to, options) =>
      readBusy(clients, tenantId, through, mailboxes, from, to, options),
    createSeries: async (tenantId, request) => writeOne(of(tenantId), createSeriesCall(request)),
    findSeriesByTag: async (tenantId, organizerId, key) => findSeriesByTag(of(tenantId), organizerId, key),
    listTagged: async (tenantId, organizerId) => listTagged(of(tenantId), organizerId),
    readTag: async (tenantId, organizerId, eventId) => readTag(of(tenantId), organizerId, eventId),
    tagEvent: async (tenantId, organizerId, eventId, key) =>
      writeOne(of(tenantId), tagEventCall(organizerId, eventId, key)),
    createDate: async (tenantId, request) => writeOne(of(tenantId), createDateCall(request)),
    findDatesByTag: async (tenantId, organizerId, key) => findDatesByTag(of(tenantId), organizerId, key),
    readSeriesDates: async (tenantId, organizerId, eventId, from, to) =>
      readSeriesDates(of(tenantId), organizerId, eventId, from, to),
    readOrganizerWindow: async (tenantId, organizerId, from, to) =>
      readOrganizerWindow(of(tenantId), organizerId, from, to),
    readDate: async (tenantId, organizerId, eventId) => readDate(of(tenantId), organizerId, eventId),
    moveDate: async (tenantId, move) => writeOne(of(tenantId), moveDateCall(move)),
    cancelEvent: async (tenantId, organizerId, eventId, comment) =>
      writeOne(of(tenantId), cancelEventCall(organizerId, eventId, comment)),
    writeTogether: async (tenantId, writes) => writeTogether(of(tenantId), writes),
    findCopies: async (tenantId, mailbox, wanted) => findCopies(of(tenantId), mailbox, wanted),
    readViews: async (tenantId, wanted) => readViews(of(tenantId), wanted),
    acceptEvent: async (tenantId, mailbox, eventId) => writeOne(of(tenantId), acceptEventCall(mailbox, eventId)),
    removeCopy: async (tenantId, mailbox, eventId) => writeOne(of(tenantId), removeCopyCall(mailbox, eventId)),
    readDatesOfSeries: async (tenantId, organizerId, eventIds, from, to) =>
      readDatesOfSeries(of(tenantId), organizerId, eventIds, from, to),
    allowsOnlineMeetings: createOnlineCheck(of),
    endSeries: async (tenantId, organizerId, eventId, lastDate) =>
      endSeries(of(tenantId), organizerId, eventId, lastDate),
    subscribe: async (tenantId, mailbox, clientState, expiresAt) =>
      subscribe(of(tenantId), urls, { mailbox, clientState, expiresAt }),
    renewSubscription: async (tenantId, subscriptionId, expiresAt) =>
      renewSubscription(of(tenantId), { subscriptionId, expiresAt }),
    subscribeAll: async (tenantId, wanted) => subscribeAll(of(tenantId), urls, wanted),
    renewSubscriptions: async (tenantId, wanted) => renewSubscriptions(of(tenantId), wanted),
  };
}
