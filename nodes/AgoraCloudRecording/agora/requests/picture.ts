import { z } from 'zod';
import { defined } from '../objects';
import { uidSchema } from '../identity';
import { CUSTOM_LAYOUT, MAX_REGIONS } from './layouts';
import { MAX_BITRATE } from './videoProfiles';
import { address, breaks, oneOf, wholeNumber } from './common';

/** Largest picture: 1920 × 1080 pixels (rest-api.md 3.4). */
export const MAX_PIXELS = 1920 * 1080;
/** Frames per second of a composite recording; Agora silently takes 15 for any other. */
export const FRAME_RATES = [1, 7, 10, 15, 24, 30, 60] as const;

const part = z
	.number()
	.min(0, 'must be a number from 0 to 1')
	.max(1, 'must be a number from 0 to 1')
	.refine(
		(value) => Math.abs(value * 1e6 - Math.round(value * 1e6)) < 1e-4,
		'must have at most six decimals',
	);

const layoutRegion = z
	.object({
		uid: uidSchema.optional(),
		x_axis: part,
		y_axis: part,
		width: part,
		height: part,
		alpha: part.optional(),
		render_mode: oneOf(0, 1).optional(),
	})
	.refine(({ x_axis, width }) => x_axis + width <= 1 + 1e-9, {
		path: ['width'],
		message: 'must keep the region inside the picture: left + width can be at most 1',
	})
	.refine(({ y_axis, height }) => y_axis + height <= 1 + 1e-9, {
		path: ['height'],
		message: 'must keep the region inside the picture: top + height can be at most 1',
	});

const VERTICAL_LAYOUT = 2;

/** What update layout sends, and start within `transcodingConfig` (rest-api.md 3.4 and section 5). */
const layoutMembers = {
	mixedVideoLayout: oneOf(0, 1, 2, 3),
	maxResolutionUid: uidSchema.optional(),
	backgroundColor: z
		.string()
		.refine((color) => /^#[0-9a-fA-F]{6}$/.test(color), 'must be a color such as #RRGGBB')
		.optional(),
	backgroundImage: address('https', 'http').optional(),
	defaultUserBackgroundImage: address('https', 'http').optional(),
	layoutConfig: z
		.array(layoutRegion)
		.max(MAX_REGIONS, `must contain at most ${MAX_REGIONS} regions`)
		.optional(),
	backgroundConfig: z
		.array(
			z.object({
				uid: uidSchema,
				image_url: address('https', 'http'),
				render_mode: oneOf(0, 1).optional(),
			}),
		)
		.optional(),
};

const plainLayout = z.object(layoutMembers);
export type Layout = z.infer<typeof plainLayout>;

function checkLayout(layout: Layout, context: z.RefinementCtx) {
	const regions = layout.layoutConfig?.length ?? 0;
	if (layout.mixedVideoLayout === CUSTOM_LAYOUT && regions === 0) {
		breaks(context, ['layoutConfig'], 'must contain at least one region');
	}
	if (layout.mixedVideoLayout !== CUSTOM_LAYOUT && regions > 0) {
		breaks(context, ['layoutConfig'], "must be empty unless 'Layout' is 'Custom'");
	}
	if (layout.maxResolutionUid !== undefined && layout.mixedVideoLayout !== VERTICAL_LAYOUT) {
		breaks(context, ['maxResolutionUid'], "must be empty unless 'Layout' is 'Vertical'");
	}
}

export const layoutRequest = plainLayout.superRefine(checkLayout);

/** Schema of what update layout sends. */
export const updateLayoutSchema = z.object({ clientRequest: layoutRequest });

/** The layout in something that holds more, without what is not given. */
export function pickLayout(from: object): Layout {
	return defined(
		Object.fromEntries(Object.entries(from).filter(([name]) => name in layoutMembers)),
	) as Layout;
}

/** `transcodingConfig` of a composite recording. */
export const transcodingConfig = z
	.object({
		width: wholeNumber(1, 1920, 'pixels'),
		height: wholeNumber(1, 1920, 'pixels'),
		fps: oneOf(...FRAME_RATES),
		bitrate: wholeNumber(1, MAX_BITRATE, 'kbps'),
		...layoutMembers,
	})
	.refine(({ width, height }) => width * height <= MAX_PIXELS, {
		path: ['width'],
		message: 'must be smaller: width × height can be at most 1920 × 1080',
	})
	.superRefine(checkLayout);
