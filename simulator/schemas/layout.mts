import { z } from 'zod';
import { int, oneOf, orEmpty, uid, webAddress } from './common.mts';
import type { Rule } from './storage.mts';

/** A share of the canvas: 0 to 1 with at most six decimals (rest-api.md 3.4). */
const share = z
	.number()
	.min(0)
	.max(1)
	.refine((value) => Math.abs(value * 1e6 - Math.round(value * 1e6)) < 1e-6);

/** Room for the rounding of sums such as 0.1 + 0.2. */
const TOLERANCE = 1e-9;

const region = z
	.object({
		uid: orEmpty(uid),
		x_axis: share,
		y_axis: share,
		width: share,
		height: share,
		alpha: share.optional(),
		render_mode: oneOf(0, 1).optional(),
	})
	.strict()
	.refine(({ x_axis, width }) => x_axis + width <= 1 + TOLERANCE, { path: ['width'] })
	.refine(({ y_axis, height }) => y_axis + height <= 1 + TOLERANCE, { path: ['height'] });

/** Members that transcodingConfig and updateLayout have in common (rest-api.md 3.4 and 5). */
const layoutMembers = {
	maxResolutionUid: uid.optional(),
	mixedVideoLayout: oneOf(0, 1, 2, 3).optional(),
	backgroundColor: z
		.string()
		.regex(/^#[0-9a-fA-F]{6}$/)
		.optional(),
	backgroundImage: webAddress.optional(),
	defaultUserBackgroundImage: webAddress.optional(),
	layoutConfig: z.array(region).max(17).optional(),
	backgroundConfig: z
		.array(z.object({ uid, image_url: webAddress, render_mode: oneOf(0, 1).optional() }).strict())
		.optional(),
};

/** `clientRequest` of updateLayout (rest-api.md 5). */
export const layout = z.object(layoutMembers).strict();
export type Layout = z.output<typeof layout>;

/** rest-api.md 3.4: canvas and layout of a composite recording. */
export const transcodingConfig = z
	.object({
		width: int(1, 2_073_600).optional(),
		height: int(1, 2_073_600).optional(),
		fps: z.number().int().positive().optional(),
		bitrate: int(1, 6500).optional(),
		...layoutMembers,
	})
	.strict();
export type TranscodingConfig = z.output<typeof transcodingConfig>;

/** Canvas when nothing is set (rest-api.md 3.4). */
export const DEFAULT_CANVAS = { width: 360, height: 640, fps: 15, bitrate: 500 };

/** rest-api.md 3.4 and 10: what goes with which layout. */
export const LAYOUT_RULES: readonly Rule<Layout>[] = [
	{
		field: 'layoutConfig',
		page: 'rest-api.md 3.4',
		says: 'layout 3 needs one to seventeen regions',
		broken: ({ mixedVideoLayout, layoutConfig }) =>
			mixedVideoLayout === 3 && (layoutConfig ?? []).length === 0,
	},
	{
		field: 'layoutConfig',
		page: 'rest-api.md 3.4',
		says: 'only layout 3 has regions',
		broken: ({ mixedVideoLayout, layoutConfig }) =>
			mixedVideoLayout !== 3 && layoutConfig !== undefined,
	},
];
