import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { jsonOf } from '../controlRoutes.mts';
import { EVENTS } from './events.mts';
import type { Notifications } from './notifications.mts';
import { userInput } from './channelUsers.mts';
import { healthCheckInput, noticeInput, productId, subscriptionSchema } from './subscription.mts';
import type { ProductId } from './subscription.mts';

type WithProduct = { Params: { product: string } };
type WithCname = { Params: { cname: string } };
type WithUser = { Params: { cname: string; uid: string } };

const leaving = z.object({ reason: z.number().int().optional() }).strict();
const roleChange = z.object({ role: z.enum(['broadcaster', 'audience']) }).strict();

const productOf = (params: { product: string }): ProductId =>
	productId.parse(Number(params.product));

/** `Notifications`' functions over HTTP, beside the other controls. */
export function notificationRoutes(server: FastifyInstance, notifications: Notifications): void {
	const { users } = notifications;
	server.get('/events', () =>
		[...EVENTS].flatMap(([product, kinds]) =>
			[...kinds].map(([eventType, kind]) => ({ productId: product, eventType, ...kind })),
		),
	);
	server.get('/webhooks', () => notifications.webhooks());
	server.put<WithProduct>('/webhooks/:product', (request) => {
		const webhook = subscriptionSchema.parse(jsonOf(request));
		notifications.setWebhook(productOf(request.params), webhook);
		return notifications.webhooks();
	});
	server.delete<WithProduct>('/webhooks/:product', (request) => {
		notifications.setWebhook(productOf(request.params), null);
		return notifications.webhooks();
	});
	server.post<WithProduct>('/webhooks/:product/check', (request) =>
		notifications.check(productOf(request.params), healthCheckInput.parse(jsonOf(request))),
	);

	server.get('/notices', () => notifications.notices());
	server.post('/notices', (request) => notifications.send(noticeInput.parse(jsonOf(request))));
	server.delete('/notices', () => {
		notifications.clearNotices();
		return {};
	});

	server.get<WithCname>('/channels/:cname/users', ({ params }) => users.list(params.cname));
	server.post<WithCname>('/channels/:cname/users', (request) => {
		const { cname } = request.params;
		users.join(cname, userInput.parse(jsonOf(request)));
		return users.list(cname);
	});
	server.delete<WithUser>('/channels/:cname/users/:uid', (request) => {
		const { cname, uid } = request.params;
		users.leave(cname, Number(uid), leaving.parse(jsonOf(request)).reason);
		return users.list(cname);
	});
	server.put<WithUser>('/channels/:cname/users/:uid', (request) => {
		const { cname, uid } = request.params;
		users.changeRole(cname, Number(uid), roleChange.parse(jsonOf(request)).role);
		return users.list(cname);
	});
}
